package dev.tally.description;

import static dev.tally.description.Attributes.ACTIVATION;
import static dev.tally.description.Attributes.BIAS;
import static dev.tally.description.Attributes.DEPTH_MULTIPLIER;
import static dev.tally.description.Attributes.DILATION;
import static dev.tally.description.Attributes.FILTERS;
import static dev.tally.description.Attributes.GROUPS;
import static dev.tally.description.Attributes.KERNEL;
import static dev.tally.description.Attributes.PADDING;
import static dev.tally.description.Attributes.STRIDE;

import dev.tally.network.Convolution;
import dev.tally.network.DepthwiseConvolution;
import java.util.List;

/** The convolutions of the table of layer types. */
final class ConvolutionTypes {
    private ConvolutionTypes() {}

    static LayerType<Convolution> convolution(int rank) {
        return new LayerType<>(
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
        return new LayerType<>(
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
}
