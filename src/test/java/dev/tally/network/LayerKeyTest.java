package dev.tally.network;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.relu;
import static dev.tally.network.Layers.square;
import static dev.tally.network.Layers.window;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayerKeyTest {
    private static final Shape INPUT = Shape.of(28, 28, 16);
    private static final Window THREE = square(3, 1, Padding.SAME);

    @Test
    void readsAsItIsDocumented() {
        assertThat(key(INPUT, conv(32, square(5, 1, Padding.SAME))).text())
                .isEqualTo("conv k5x5 s1x1 d1x1 p2+2,2+2 f32 g1 bias | 28x28x16 | n1 float32 channels_last");
    }

    @Test
    void namesDoNotCount() {
        Network one = network("one", "conv", "conv2d", INPUT);
        Network other = network("other", "c", "Convolution", INPUT);

        assertThat(LayerKey.of(one.nodes().getFirst(), one))
                .isEqualTo(LayerKey.of(other.nodes().getFirst(), other));
    }

    /** Stride 2 on 28: (14 - 1) · 2 + 3 - 28 = 1 element, at the end. */
    @Test
    void sameAndItsExplicitEqualHaveOneKey() {
        WindowAxis same = new WindowAxis(3, 2, 1, Padding.SAME);
        WindowAxis lower = new WindowAxis(3, 2, 1, Padding.SAME_LOWER);
        WindowAxis atEnd = new WindowAxis(3, 2, 1, new Padding.Explicit(0, 1));
        WindowAxis atStart = new WindowAxis(3, 2, 1, new Padding.Explicit(1, 0));

        assertThat(key(INPUT, conv(8, window(same, same)))).isEqualTo(key(INPUT, conv(8, window(atEnd, atEnd))));
        assertThat(key(INPUT, conv(8, window(lower, same)))).isEqualTo(key(INPUT, conv(8, window(atStart, atEnd))));
        assertThat(key(INPUT, conv(8, window(lower, lower)))).isNotEqualTo(key(INPUT, conv(8, window(same, same))));
    }

    @Test
    void channelsAndTheirNumberAreOneAxis() {
        assertThat(key(INPUT, new Softmax(Axis.CHANNELS, false)))
                .isEqualTo(key(INPUT, new Softmax(Axis.of(2), false)))
                .isEqualTo(key(INPUT, new Softmax(Axis.of(-1), false)));
    }

    @Test
    void aDepthwiseConvolutionIsOneWithAsManyGroupsAsChannels() {
        assertThat(key(INPUT, new DepthwiseConvolution(2, THREE, true)))
                .isEqualTo(key(INPUT, new Convolution(32, THREE, 16, true)));
    }

    @Test
    void layersThatDoOtherWorkHaveOtherKeys() {
        List<Layer> layers = List.of(
                conv(32, THREE),
                conv(31, THREE),
                conv(32, square(5, 1, Padding.SAME)),
                conv(32, square(3, 2, Padding.SAME)),
                conv(32, square(3, 1, 2, Padding.SAME)),
                conv(32, square(3, 1, Padding.VALID)),
                new Convolution(32, THREE, 2, true),
                new Convolution(32, THREE, 1, false),
                new DepthwiseConvolution(2, THREE, true),
                new DepthwiseConvolution(3, THREE, true),
                new DepthwiseConvolution(2, THREE, false),
                new Pooling(Reduction.MAXIMUM, THREE, false, false),
                new Pooling(Reduction.AVERAGE, THREE, false, false),
                new Pooling(Reduction.AVERAGE, THREE, false, true),
                new Pooling(Reduction.AVERAGE, square(3, 2, Padding.VALID), false, false),
                new Pooling(Reduction.AVERAGE, square(3, 2, Padding.VALID), true, false),
                new AdaptivePooling(Reduction.AVERAGE, List.of(7, 7), true),
                new AdaptivePooling(Reduction.AVERAGE, List.of(7, 6), true),
                new AdaptivePooling(Reduction.MAXIMUM, List.of(7, 7), true),
                AdaptivePooling.global(Reduction.AVERAGE, true),
                AdaptivePooling.global(Reduction.AVERAGE, false),
                AdaptivePooling.global(Reduction.MAXIMUM, false),
                new Dense(32, true),
                new Dense(33, true),
                new Dense(32, false),
                new BatchNorm(1e-5),
                new BatchNorm(1e-3),
                new LocalResponseNorm(5, 1e-4, 0.75, 1),
                new LocalResponseNorm(3, 1e-4, 0.75, 1),
                new LocalResponseNorm(5, 1e-3, 0.75, 1),
                new LocalResponseNorm(5, 1e-4, 0.5, 1),
                new LocalResponseNorm(5, 1e-4, 0.75, 2),
                new Softmax(Axis.of(0), false),
                new Softmax(Axis.of(1), false),
                new Concat(Axis.of(0)),
                new Concat(Axis.of(1)),
                new Flatten(),
                new Dropout(0.5),
                new Identity());
        Stream<Layer> activations = Stream.of(ActivationFunction.values()).map(Activation::new);

        assertThat(Stream.concat(layers.stream(), activations).map(layer -> key(INPUT, layer)))
                .doesNotHaveDuplicates();
    }

    @Test
    void otherInputsHaveOtherKeys() {
        assertThat(key(INPUT, relu())).isNotEqualTo(key(Shape.of(28, 16, 28), relu()));
        assertThat(sum(2)).isNotEqualTo(sum(3));
    }

    @Test
    void batchElementTypeAndLayoutAreInTheKey() {
        Shape cube = Shape.of(9, 9, 9);
        NetworkBuilder plain = cube(cube);

        assertThat(Stream.of(
                                plain.build(),
                                cube(cube).batch(2).build(),
                                cube(cube).dataType(DataType.FLOAT16).build(),
                                cube(cube).dataType(DataType.BFLOAT16).build(),
                                cube(cube).layout(Layout.CHANNELS_FIRST).build())
                        .map(network -> LayerKey.of(network.nodes().getFirst(), network)))
                .doesNotHaveDuplicates();
    }

    private static NetworkBuilder cube(Shape input) {
        return new NetworkBuilder("cube").input("in", input).layer("conv", "conv2d", conv(9, THREE), "in");
    }

    private static LayerKey sum(int terms) {
        Network network = new NetworkBuilder("sum")
                .input("in", INPUT)
                .layer(
                        "sum",
                        "add",
                        add(),
                        Stream.generate(() -> "in").limit(terms).toArray(String[]::new))
                .build();
        return LayerKey.of(network.nodes().getFirst(), network);
    }

    private static LayerKey key(Shape input, Layer layer) {
        Network network = Layers.chain(input, layer);
        return LayerKey.of(network.nodes().getFirst(), network);
    }

    private static Network network(String name, String layer, String type, Shape input) {
        return new NetworkBuilder(name)
                .input("in " + name, input)
                .layer(layer, type, conv(8, THREE), "in " + name)
                .build();
    }
}
