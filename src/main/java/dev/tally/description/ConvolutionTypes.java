package dev.tally.description;

import static dev.tally.description.Attributes.ACTIVATION;
import static dev.tally.description.Attributes.BIAS;
import static dev.tally.description.Attributes.DEPTH_MULTIPLIER;
import static dev.tally.description.Attributes.DILATION;
import static dev.tally.description.Attributes.FILTERS;
import static dev.tally.description.Attributes.GROUPS;
import static dev.tally.description.Attributes.KERNEL;
import static dev.tally.description.Attributes.OUTPUT_PADDING;
import static dev.tally.description.Attributes.PADDING;
import static dev.tally.description.Attributes.STRIDE;

import dev.tally.network.Convolution;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Layer;
import dev.tally.network.Padding;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.List;

/** The convolutions of the table of layer types. */
final class ConvolutionTypes {
    private ConvolutionTypes() {}

    static LayerType<Convolution> convolution(int rank) {
        return LayerType.of(
                "conv" + rank + "d",
                rank == 2 ? List.of("conv", "convolution", "convolution2d") : List.of("convolution" + rank + "d"),
                "A convolution over " + Windows.axes(rank) + ".",
                "output elements × taps × input channels / groups multiplies, as many additions (less one an output element without bias)",
                List.of(FILTERS, KERNEL, STRIDE, PADDING, DILATION, GROUPS, BIAS, ACTIVATION),
                Convolution.class,
                values -> new Convolution(
                        values.get(FILTERS), Windows.read(values, rank, STRIDE), values.get(GROUPS), values.get(BIAS)),
                (layer, values) -> {
                    Windows.write(layer.window(), values, STRIDE);
                    values.put(FILTERS, layer.filters())
                            .put(GROUPS, layer.groups())
                            .put(BIAS, layer.bias());
                });
    }

    static LayerType<DepthwiseConvolution> depthwise(int rank) {
        return LayerType.of(
                "depthwise_conv" + rank + "d",
                rank == 2 ? List.of("depthwise", "depthwise_conv", "dwconv") : List.of(),
                "A convolution over " + Windows.axes(rank) + " whose filters see one input channel each.",
                "output elements × taps multiplies, as many additions (less one an output element without bias)",
                List.of(KERNEL, STRIDE, PADDING, DILATION, DEPTH_MULTIPLIER, BIAS, ACTIVATION),
                DepthwiseConvolution.class,
                values -> new DepthwiseConvolution(
                        values.get(DEPTH_MULTIPLIER), Windows.read(values, rank, STRIDE), values.get(BIAS)),
                (layer, values) -> {
                    Windows.write(layer.window(), values, STRIDE);
                    values.put(DEPTH_MULTIPLIER, layer.depthMultiplier()).put(BIAS, layer.bias());
                });
    }

    static LayerType<TransposedConvolution> transposed(int rank) {
        return LayerType.of(
                "transposed_conv" + rank + "d",
                List.of(
                        "conv_transpose" + rank + "d",
                        "conv" + rank + "d_transpose",
                        "deconv" + rank + "d",
                        rank == 2 ? "deconv" : "deconvolution" + rank + "d",
                        rank == 2 ? "deconvolution" : "convolution" + rank + "d_transpose"),
                "A transposed convolution over " + Windows.axes(rank)
                        + "; padding is what is cut off the output, \"same\" makes it input × stride.",
                "input elements × taps × filters / groups multiplies; one addition less than products at each place that"
                        + " they reach, one for a bias",
                List.of(FILTERS, KERNEL, STRIDE, PADDING, OUTPUT_PADDING, DILATION, GROUPS, BIAS, ACTIVATION),
                TransposedConvolution.class,
                values -> new TransposedConvolution(
                        values.get(FILTERS),
                        Windows.read(values, rank, STRIDE),
                        Windows.spread(OUTPUT_PADDING, values.get(OUTPUT_PADDING), rank),
                        values.get(GROUPS),
                        values.get(BIAS)),
                (layer, values) -> {
                    Windows.write(layer.window(), values, STRIDE);
                    values.put(FILTERS, layer.filters())
                            .put(OUTPUT_PADDING, Windows.gather(layer.outputPadding()))
                            .put(GROUPS, layer.groups())
                            .put(BIAS, layer.bias());
                });
    }

    /** Two layers: only the second has the bias, as in Keras. */
    static LayerType<Layer> separable(int rank) {
        return new LayerType<>(
                "separable_conv" + rank + "d",
                rank == 2 ? List.of("separable", "separable_conv", "sepconv") : List.of(),
                "A depthwise convolution over " + Windows.axes(rank)
                        + " and a convolution of kernel 1 after it; two layers, named after this one.",
                "what the two layers count",
                List.of(FILTERS, KERNEL, STRIDE, PADDING, DILATION, DEPTH_MULTIPLIER, BIAS, ACTIVATION),
                Layer.class,
                values -> {
                    Window window = Windows.read(values, rank, STRIDE);
                    Window one = Window.square(new WindowAxis(1, 1, 1, Padding.VALID), rank);
                    return List.of(
                            new LayerType.Part(
                                    "/depthwise",
                                    "depthwise_conv" + rank + "d",
                                    new DepthwiseConvolution(values.get(DEPTH_MULTIPLIER), window, false)),
                            new LayerType.Part(
                                    "/pointwise",
                                    "conv" + rank + "d",
                                    new Convolution(values.get(FILTERS), one, 1, values.get(BIAS))));
                },
                (_, _) -> {
                    throw new IllegalStateException("no layer of the model is of this type: it is two");
                });
    }
}
