package dev.tally.network;

import java.util.Arrays;
import java.util.stream.Stream;

/** Layers as tests write them: two spatial axes, padding as in {@code 1} or {@link Padding#SAME}. */
public final class Layers {
    private Layers() {}

    /** {@return a convolution with bias, stride 1 and no padding} */
    public static Convolution conv(int filters, int kernel) {
        return conv(filters, square(kernel, 1, Padding.VALID));
    }

    /** {@return a convolution with bias} */
    public static Convolution conv(int filters, Window window) {
        return new Convolution(filters, window, 1, true);
    }

    /** {@return a pool of the maximum whose windows stand side by side} */
    public static Pooling maxPool(int kernel) {
        return maxPool(square(kernel, kernel, Padding.VALID));
    }

    /** {@return a pool of the maximum} */
    public static Pooling maxPool(Window window) {
        return new Pooling(Reduction.MAXIMUM, window, false, false);
    }

    /** {@return an average over all positions, the axes dropped} */
    public static AdaptivePooling globalAverage() {
        return AdaptivePooling.global(Reduction.AVERAGE, false);
    }

    public static Activation relu() {
        return new Activation(ActivationFunction.RELU);
    }

    public static BatchNorm batchNorm() {
        return new BatchNorm(1e-5);
    }

    public static Elementwise add() {
        return new Elementwise(Elementwise.Operator.ADD);
    }

    /** {@return a concatenation of channels} */
    public static Concat concat() {
        return new Concat(Axis.CHANNELS);
    }

    /** {@return a dense layer with bias} */
    public static Dense dense(int units) {
        return new Dense(units, true);
    }

    /** {@return a window over height and width} */
    public static Window square(int kernel, int stride, Padding padding) {
        return square(kernel, stride, 1, padding);
    }

    /** {@return a window over height and width} */
    public static Window square(int kernel, int stride, int dilation, Padding padding) {
        WindowAxis axis = new WindowAxis(kernel, stride, dilation, padding);
        return window(axis, axis);
    }

    /** {@return a window over these axes, outermost first} */
    public static Window window(WindowAxis... axes) {
        return new Window(Arrays.asList(axes));
    }

    /** {@return this much padding on either side} */
    public static Padding pad(int elements) {
        return new Padding.Explicit(elements, elements);
    }

    /** {@return a network of one input, {@code in}, and these layers in a chain, named {@code 0}, {@code 1}, …} */
    public static Network chain(Shape input, Layer... layers) {
        NetworkBuilder builder = new NetworkBuilder("chain").input("in", input);
        for (int i = 0; i < layers.length; i++) {
            builder.layer("" + i, "chained", layers[i], i == 0 ? "in" : "" + (i - 1));
        }
        return builder.build();
    }

    /** {@return the layer with this name} */
    public static Node node(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@return the names of sources, in order} */
    public static Stream<String> names(Stream<? extends Source> sources) {
        return sources.map(Source::name);
    }
}
