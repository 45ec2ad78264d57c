package dev.tally.network;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.relu;
import static dev.tally.network.Layers.square;
import static dev.tally.network.Layers.window;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayerKeyTest {
    private static final Shape INPUT = Shape.of(28, 28, 16);
    private static final Shape SQUARE = Shape.of(6, 6);
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
                new Identity(),
                transposed(2, Padding.VALID, 0),
                transposed(2, Padding.VALID, 1),
                transposed(3, Padding.VALID, 0),
                transposed(2, Padding.SAME, 0),
                new TransposedConvolution(32, THREE, List.of(0, 0), 2, true),
                new TransposedConvolution(32, THREE, List.of(0, 0), 1, true),
                new TransposedConvolution(32, THREE, List.of(0, 0), 1, false),
                new LayerNorm(Axis.of(-1), true, true, 1e-5),
                new LayerNorm(Axis.of(-1), true, false, 1e-5),
                new LayerNorm(Axis.of(-1), false, false, 1e-5),
                new LayerNorm(Axis.of(-1), true, true, 1e-6),
                new LayerNorm(Axis.of(0), true, true, 1e-5),
                new RmsNorm(Axis.of(-1), true, 1e-5),
                new RmsNorm(Axis.of(-1), false, 1e-5),
                new RmsNorm(Axis.of(0), true, 1e-5),
                new GroupNorm(4, true, 1e-5),
                new GroupNorm(2, true, 1e-5),
                new GroupNorm(4, false, 1e-5),
                new InstanceNorm(true, 1e-5),
                new InstanceNorm(true, 1e-6),
                new ParametricRelu(true),
                new ParametricRelu(false),
                new GatedLinearUnit(Axis.of(0)),
                new GatedLinearUnit(Axis.CHANNELS),
                new Softmax(Axis.of(0), true),
                new Reduce(Reduce.Operator.MEAN, List.of(Axis.of(0)), false),
                new Reduce(Reduce.Operator.MEAN, List.of(Axis.of(0)), true),
                new Reduce(Reduce.Operator.MEAN, List.of(Axis.of(0), Axis.of(1)), true),
                new Reduce(Reduce.Operator.SUM, List.of(Axis.of(0)), false),
                new Reduce(Reduce.Operator.MAXIMUM, List.of(Axis.of(0)), false),
                new MultiHeadAttention(2, OptionalInt.empty(), OptionalInt.empty(), true),
                new MultiHeadAttention(4, OptionalInt.empty(), OptionalInt.empty(), true),
                new MultiHeadAttention(2, OptionalInt.of(3), OptionalInt.empty(), true),
                new MultiHeadAttention(2, OptionalInt.of(3), OptionalInt.of(5), true),
                new MultiHeadAttention(2, OptionalInt.empty(), OptionalInt.empty(), false),
                new Embedding(10, 4),
                new Embedding(11, 4),
                new Embedding(10, 5),
                new Split(Axis.CHANNELS, 2, 0),
                new Split(Axis.CHANNELS, 2, 1),
                new Split(Axis.CHANNELS, 4, 0),
                new Split(Axis.of(0), 2, 0),
                new Slice(Axis.CHANNELS, 0, OptionalInt.of(8), 2),
                new Crop(List.of(new Padding.Explicit(1, 0))),
                new Crop(List.of(new Padding.Explicit(0, 1))),
                new Pad(List.of(new Padding.Explicit(0, 1)), Pad.Mode.ZEROS),
                new Pad(List.of(new Padding.Explicit(0, 1)), Pad.Mode.REFLECT),
                new Pad(List.of(new Padding.Explicit(0, 1)), Pad.Mode.REPLICATE),
                new Reshape(List.of(28, -1)),
                new Reshape(List.of(-1, 28)),
                new Permute(List.of(1, 0, 2)),
                new Permute(List.of(0, 1, 2)),
                new Upsample(List.of(2), Resampling.Interpolation.NEAREST),
                new Upsample(List.of(2), Resampling.Interpolation.LINEAR),
                new Upsample(List.of(2), Resampling.Interpolation.CUBIC),
                new Upsample(List.of(2, 3), Resampling.Interpolation.NEAREST),
                new PixelShuffle(2),
                new PixelShuffle(4),
                new PixelUnshuffle(2),
                new ChannelShuffle(2),
                new ChannelShuffle(4),
                new Roll(Axis.of(0), 1),
                new Roll(Axis.of(1), 1),
                new Roll(Axis.of(0), 2));
        Stream<Layer> activations = Stream.of(ActivationFunction.values()).map(Activation::new);

        assertThat(Stream.concat(layers.stream(), activations).map(layer -> key(INPUT, layer)))
                .doesNotHaveDuplicates();
    }

    @Test
    void layersOfSeveralInputsThatDoOtherWorkHaveOtherKeys() {
        Stream<LayerKey> squares = Stream.of(
                        new MatMul(false),
                        new MatMul(true),
                        add(),
                        new Elementwise(Elementwise.Operator.SUBTRACT),
                        new Elementwise(Elementwise.Operator.MULTIPLY),
                        new Elementwise(Elementwise.Operator.DIVIDE),
                        new Concat(Axis.of(0)))
                .map(layer -> key(layer, SQUARE, SQUARE));
        Stream<LayerKey> threes =
                Stream.of(new Attention(1), new Attention(2), add()).map(layer -> key(layer, SQUARE, SQUARE, SQUARE));

        assertThat(Stream.concat(squares, threes)).doesNotHaveDuplicates();
        assertThat(key(new LearnedTensor(SQUARE))).isNotEqualTo(key(new LearnedTensor(Shape.of(16))));
    }

    @Test
    void anInstanceNormIsAGroupNormOfOneChannelAGroup() {
        assertThat(key(INPUT, new InstanceNorm(true, 1e-5))).isEqualTo(key(INPUT, new GroupNorm(16, true, 1e-5)));
    }

    @Test
    void aPartIsASlice() {
        Slice second = new Slice(Axis.CHANNELS, 4, OptionalInt.of(8), 1);

        assertThat(key(INPUT, new Split(Axis.of(-1), 4, 1)))
                .isEqualTo(key(INPUT, second))
                .isEqualTo(key(INPUT, new Slice(Axis.of(2), -12, OptionalInt.of(-8), 1)));
        assertThat(key(INPUT, new Slice(Axis.of(0), 27, OptionalInt.empty(), 3)))
                .isEqualTo(key(INPUT, new Slice(Axis.of(0), -1, OptionalInt.of(28), 1)));
    }

    @Test
    void anUpsamplingIsAResizeToWhatItGives() {
        assertThat(key(INPUT, new Upsample(List.of(2), Resampling.Interpolation.LINEAR)))
                .isEqualTo(key(INPUT, new Upsample(List.of(2, 2), Resampling.Interpolation.LINEAR)))
                .isEqualTo(key(INPUT, new Resize(List.of(56), Resampling.Interpolation.LINEAR)))
                .isEqualTo(key(INPUT, new Resize(List.of(56, 56), Resampling.Interpolation.LINEAR)));
    }

    @Test
    void marginsAreOneNumberOrAPairAnAxis() {
        Padding.Explicit one = new Padding.Explicit(1, 1);

        assertThat(key(INPUT, new Crop(List.of(one)))).isEqualTo(key(INPUT, new Crop(List.of(one, one))));
        assertThat(key(INPUT, new Pad(List.of(one), Pad.Mode.ZEROS)))
                .isEqualTo(key(INPUT, new Pad(List.of(one, one), Pad.Mode.ZEROS)))
                .isNotEqualTo(key(INPUT, new Crop(List.of(one))));
    }

    @Test
    void axesGoByAnyNumberInAnyOrder() {
        assertThat(reduced(0, 1)).isEqualTo(reduced(1, 0)).isEqualTo(reduced(-2, -3));
        assertThat(key(INPUT, new LayerNorm(Axis.of(-1), true, true, 1e-5)))
                .isEqualTo(key(INPUT, new LayerNorm(Axis.of(2), true, true, 1e-5)));
        assertThat(key(INPUT, new GatedLinearUnit(Axis.CHANNELS)))
                .isEqualTo(key(INPUT, new GatedLinearUnit(Axis.of(-1))));
        assertThat(key(INPUT, new Roll(Axis.CHANNELS, 3))).isEqualTo(key(INPUT, new Roll(Axis.of(2), 3)));
    }

    private static LayerKey reduced(int... axes) {
        List<Axis> all = Arrays.stream(axes).mapToObj(Axis::of).toList();
        return key(INPUT, new Reduce(Reduce.Operator.MEAN, all, false));
    }

    /** Stride 2 of a kernel of 3 cuts one off the end; 16 features in 2 heads are 8. */
    @Test
    void whatIsWorkedOutIsAsIfItWereGiven() {
        assertThat(key(INPUT, transposed(2, Padding.SAME, 0)))
                .isEqualTo(key(INPUT, transposed(2, new Padding.Explicit(0, 1), 0)));
        assertThat(key(INPUT, new MultiHeadAttention(2, OptionalInt.empty(), OptionalInt.empty(), true)))
                .isEqualTo(key(INPUT, new MultiHeadAttention(2, OptionalInt.of(8), OptionalInt.of(8), true)));
        assertThat(key(INPUT, new Reshape(List.of(28, -1)))).isEqualTo(key(INPUT, new Reshape(List.of(28, 448))));
        assertThat(key(INPUT, AdaptivePooling.global(Reduction.AVERAGE, true)))
                .isEqualTo(key(INPUT, new AdaptivePooling(Reduction.AVERAGE, List.of(1, 1), true)));
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

    private static Layer transposed(int stride, Padding padding, int outputPadding) {
        return new TransposedConvolution(
                32, square(3, stride, padding), List.of(outputPadding, outputPadding), 1, true);
    }

    private static LayerKey key(Layer layer, Shape... inputs) {
        NetworkBuilder builder = new NetworkBuilder("several").input("taken", SQUARE);
        String[] from = new String[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            from[i] = "in" + i;
            builder.input(from[i], inputs[i]);
        }
        Network network = builder.layer("layer", "several", layer, from)
                .layer("end", "relu", relu(), "taken")
                .build();
        return LayerKey.of(Layers.node(network, "layer"), network);
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
