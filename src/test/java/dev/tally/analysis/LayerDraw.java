package dev.tally.analysis;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attention;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.Crop;
import dev.tally.network.DataType;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.GroupNorm;
import dev.tally.network.Identity;
import dev.tally.network.InstanceNorm;
import dev.tally.network.Layer;
import dev.tally.network.LayerNorm;
import dev.tally.network.Layout;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Pad;
import dev.tally.network.Padding;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduce;
import dev.tally.network.Reduction;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.Resize;
import dev.tally.network.RmsNorm;
import dev.tally.network.Roll;
import dev.tally.network.Shape;
import dev.tally.network.Slice;
import dev.tally.network.Softmax;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Upsample;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A layer and the inputs it is put on, drawn at random; not all of them fit. One seed gives one draw.
 *
 * @param inputs the shapes of its inputs
 */
public record LayerDraw(Kind kind, Layer layer, List<Shape> inputs, Layout layout, int batch, DataType dataType) {
    /** What is drawn. */
    public enum Kind {
        CONVOLUTION,
        DEPTHWISE_CONVOLUTION,
        POOL,
        ADAPTIVE_POOL,
        GLOBAL_POOL,
        DENSE,
        BATCH_NORM,
        LOCAL_RESPONSE_NORM,
        ACTIVATION,
        SOFTMAX,
        TRANSPOSED_CONVOLUTION,
        LAYER_NORM,
        RMS_NORM,
        GROUP_NORM,
        INSTANCE_NORM,
        PARAMETRIC_RELU,
        GATED_LINEAR_UNIT,
        ELEMENTWISE,
        REDUCE,
        MATRIX_PRODUCT,
        ATTENTION,
        MULTI_HEAD_ATTENTION,
        EMBEDDING,
        LEARNED_TENSOR,
        CONCAT,
        SPLIT,
        SLICE,
        CROP,
        PAD,
        RESHAPE,
        PERMUTE,
        UPSAMPLE,
        RESIZE,
        PIXEL_SHUFFLE,
        PIXEL_UNSHUFFLE,
        CHANNEL_SHUFFLE,
        ROLL,
        FLATTEN,
        DROPOUT,
        IDENTITY
    }

    public static LayerDraw of(Kind kind, long seed) {
        return new Dice(new Random(seed * 0x9E3779B97F4A7C15L + kind.name().hashCode())).draw(kind);
    }

    private record Dice(Random random) {
        LayerDraw draw(Kind kind) {
            Layout layout = pick(Layout.values());
            int rank = between(1, 3);
            List<Shape> inputs = switch (kind) {
                case CONVOLUTION, DEPTHWISE_CONVOLUTION, TRANSPOSED_CONVOLUTION, POOL, ADAPTIVE_POOL, GLOBAL_POOL ->
                    List.of(image(oneIn(40) ? between(0, 3) : rank));
                case CROP, PAD, UPSAMPLE, RESIZE, PIXEL_SHUFFLE, PIXEL_UNSHUFFLE ->
                    List.of(image(oneIn(40) ? between(0, 3) : rank));
                case ELEMENTWISE -> stretchable(image(between(0, 3)), oneIn(12) ? 1 : between(2, 4));
                case MATRIX_PRODUCT -> matrices();
                case ATTENTION -> oneIn(12) ? List.of(image(2), image(2), image(2)) : sequences(3);
                case MULTI_HEAD_ATTENTION -> oneIn(12) ? List.of(image(1), image(1)) : sequences(between(1, 3));
                case LEARNED_TENSOR -> List.of(image(between(0, 3)));
                case CONCAT -> similar(image(between(0, 3)), between(1, 4), true);
                default -> List.of(image(between(0, 3)));
            };
            int channels =
                    inputs.getFirst().size(layout.channelAxis(inputs.getFirst().rank()));
            return new LayerDraw(
                    kind,
                    layer(kind, rank, inputs.getFirst().rank(), channels),
                    inputs,
                    layout,
                    between(1, 3),
                    pick(DataType.values()));
        }

        private Layer layer(Kind kind, int windowRank, int inputRank, int channels) {
            boolean flag = random.nextBoolean();
            return switch (kind) {
                case CONVOLUTION -> {
                    int groups = oneIn(3) ? between(1, 4) : oneIn(2) ? channels : 1;
                    yield new Convolution(
                            groups * between(1, 3) + (oneIn(20) ? 1 : 0), window(windowRank), groups, flag);
                }
                case DEPTHWISE_CONVOLUTION -> new DepthwiseConvolution(between(1, 3), window(windowRank), flag);
                case POOL -> new Pooling(pick(Reduction.values()), poolWindow(windowRank), flag, random.nextBoolean());
                case ADAPTIVE_POOL ->
                    new AdaptivePooling(
                            pick(Reduction.values()),
                            random.ints(windowRank, 1, 9).boxed().toList(),
                            flag);
                case GLOBAL_POOL -> AdaptivePooling.global(pick(Reduction.values()), flag);
                case DENSE -> new Dense(between(1, 6), flag);
                case BATCH_NORM -> new BatchNorm(1e-5);
                case LOCAL_RESPONSE_NORM -> new LocalResponseNorm(between(1, 7), 1e-4, 0.75, 1);
                case ACTIVATION -> new Activation(pick(ActivationFunction.values()));
                case SOFTMAX -> new Softmax(axis(inputRank), flag);
                case TRANSPOSED_CONVOLUTION -> transposed(windowRank, channels, flag);
                case LAYER_NORM -> new LayerNorm(axis(inputRank), flag, random.nextBoolean(), 1e-5);
                case RMS_NORM -> new RmsNorm(axis(inputRank), flag, 1e-5);
                case GROUP_NORM -> new GroupNorm(oneIn(3) ? between(1, 4) : oneIn(2) ? channels : 1, flag, 1e-5);
                case INSTANCE_NORM -> new InstanceNorm(flag, 1e-5);
                case PARAMETRIC_RELU -> new ParametricRelu(flag);
                case GATED_LINEAR_UNIT -> new GatedLinearUnit(axis(inputRank));
                case ELEMENTWISE -> new Elementwise(pick(Elementwise.Operator.values()));
                case REDUCE ->
                    new Reduce(
                            pick(Reduce.Operator.values()),
                            Stream.generate(() -> axis(inputRank))
                                    .limit(between(1, 2))
                                    .toList(),
                            flag);
                case MATRIX_PRODUCT -> new MatMul(flag);
                case ATTENTION -> new Attention(oneIn(2) ? 1 : between(1, 4));
                case MULTI_HEAD_ATTENTION ->
                    new MultiHeadAttention(
                            oneIn(2) ? 1 : between(1, 4),
                            flag ? OptionalInt.empty() : OptionalInt.of(between(1, 3)),
                            oneIn(2) ? OptionalInt.empty() : OptionalInt.of(between(1, 3)),
                            random.nextBoolean());
                case EMBEDDING -> new Embedding(between(1, 20), between(1, 5));
                case LEARNED_TENSOR -> new LearnedTensor(image(between(0, 3)));
                case CONCAT -> new Concat(axis(inputRank));
                case SPLIT -> {
                    int parts = between(1, 3);
                    yield new Split(axis(inputRank), parts, random.nextInt(parts));
                }
                case SLICE ->
                    new Slice(
                            axis(inputRank),
                            between(-3, 2),
                            flag ? OptionalInt.empty() : OptionalInt.of(between(-2, 6)),
                            between(1, 3));
                case CROP -> new Crop(margins(windowRank, 3));
                case PAD -> new Pad(margins(windowRank, 4), pick(Pad.Mode.values()));
                case RESHAPE -> new Reshape(newShape());
                case PERMUTE -> {
                    List<Integer> order = new ArrayList<>(IntStream.range(0, oneIn(12) ? between(1, 4) : inputRank)
                            .boxed()
                            .toList());
                    Collections.shuffle(order, random);
                    yield new Permute(order);
                }
                case UPSAMPLE -> new Upsample(perAxis(windowRank, 1, 3), pick(Resampling.Interpolation.values()));
                case RESIZE -> new Resize(perAxis(windowRank, 1, 9), pick(Resampling.Interpolation.values()));
                case PIXEL_SHUFFLE -> new PixelShuffle(oneIn(3) ? 1 : 2);
                case PIXEL_UNSHUFFLE -> new PixelUnshuffle(oneIn(3) ? 1 : 2);
                case CHANNEL_SHUFFLE -> new ChannelShuffle(oneIn(2) ? channels : between(1, 3));
                case ROLL -> new Roll(axis(inputRank), between(-9, 9));
                case FLATTEN -> new Flatten();
                case DROPOUT -> new Dropout(0.5);
                case IDENTITY -> new Identity();
            };
        }

        private TransposedConvolution transposed(int rank, int channels, boolean bias) {
            int groups = oneIn(3) ? between(1, 4) : oneIn(2) ? channels : 1;
            Window window = window(rank);
            List<Integer> outputPadding = window.axes().stream()
                    .map(axis -> axis.padding() instanceof Padding.Same
                            ? 0
                            : random.nextInt(Math.max(axis.stride(), axis.dilation())))
                    .toList();
            int filters = groups * between(1, 3) + (oneIn(20) ? 1 : 0);
            return new TransposedConvolution(filters, window, outputPadding, groups, bias);
        }

        private List<Padding.Explicit> margins(int rank, int below) {
            return IntStream.range(0, oneIn(3) ? 1 : rank)
                    .mapToObj(_ -> new Padding.Explicit(random.nextInt(below), random.nextInt(below)))
                    .toList();
        }

        private List<Integer> perAxis(int rank, int least, int most) {
            return random.ints(oneIn(3) ? 1 : rank, least, most + 1).boxed().toList();
        }

        /** Half of the shapes have one size left open. */
        private List<Integer> newShape() {
            List<Integer> shape =
                    new ArrayList<>(random.ints(between(1, 3), 1, 3).boxed().toList());
            if (!oneIn(8)) {
                shape.set(random.nextInt(shape.size()), -1);
            }
            return shape;
        }

        /** Shapes like the first with some sizes of 1 and some axes missing; now and then one that is not. */
        private List<Shape> stretchable(Shape first, int count) {
            List<Shape> shapes = new ArrayList<>(List.of(first));
            while (shapes.size() < count) {
                Shape shape = first;
                for (int axis = 0; axis < first.rank(); axis++) {
                    shape = oneIn(3) ? shape.with(axis, 1) : shape;
                }
                List<Integer> sizes = shape.sizes().subList(oneIn(3) ? random.nextInt(first.rank()) : 0, first.rank());
                shapes.add(oneIn(15) ? image(between(0, 3)) : SteppedArithmetic.shape(sizes));
            }
            Collections.shuffle(shapes, random);
            return shapes;
        }

        /** The second fits the first, or so if it is transposed, or not at all. */
        private List<Shape> matrices() {
            Shape first = image(between(oneIn(12) ? 0 : 1, 3));
            int rank = first.rank();
            Shape second = image(between(oneIn(12) ? 0 : 1, 3));
            if (rank >= 2 && second.rank() >= 2 && !oneIn(12)) {
                List<Integer> sizes = new ArrayList<>(first.sizes().subList(0, rank - 2));
                for (int axis = 0; axis < sizes.size(); axis++) {
                    sizes.set(axis, oneIn(3) ? 1 : sizes.get(axis));
                }
                int terms = first.size(rank - 1);
                sizes.add(oneIn(2) ? terms : between(1, 5));
                sizes.add(sizes.getLast() == terms && oneIn(2) ? between(1, 5) : terms);
                second = SteppedArithmetic.shape(sizes);
            }
            return List.of(first, second);
        }

        /** A query and, of another length, keys and values. */
        private List<Shape> sequences(int count) {
            List<Integer> before = random.ints(between(0, 2), 1, 4).boxed().toList();
            int features = between(1, 2) * between(1, 4);
            int keys = between(1, 5);
            List<Shape> shapes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                List<Integer> sizes = new ArrayList<>(before);
                sizes.add(i == 0 ? between(1, 5) : keys);
                sizes.add(i < 2 && !oneIn(15) ? features : between(1, 8));
                shapes.add(SteppedArithmetic.shape(sizes));
            }
            return shapes;
        }

        /** A shape of so many spatial axes and one of channels, in whichever order. */
        private Shape image(int spatialAxes) {
            int largest = spatialAxes == 3 ? 5 : 8;
            return Shape.of(random.ints(spatialAxes + 1L, 1, largest + 1).toArray());
        }

        /** Shapes like the first, or so but for one axis; now and then one that is not. */
        private List<Shape> similar(Shape first, int count, boolean otherwiseLong) {
            List<Shape> shapes = new ArrayList<>(List.of(first));
            int along = random.nextInt(first.rank());
            while (shapes.size() < count) {
                Shape shape = otherwiseLong ? first.with(along, between(1, 6)) : first;
                shapes.add(oneIn(12) ? image(between(0, 3)) : shape);
            }
            return shapes;
        }

        private Axis axis(int rank) {
            return oneIn(4) ? Axis.CHANNELS : Axis.of(between(oneIn(12) ? -rank : 0, rank - (oneIn(8) ? 0 : 1)));
        }

        private Window window(int rank) {
            return new Window(IntStream.range(0, rank)
                    .mapToObj(_ -> new WindowAxis(between(1, 4), between(1, 3), between(1, 3), padding(4)))
                    .toList());
        }

        /** Padding as wide as the window is refused before there is a layer. */
        private Window poolWindow(int rank) {
            return new Window(IntStream.range(0, rank)
                    .mapToObj(_ -> {
                        int kernel = between(1, 4);
                        int dilation = between(1, 3);
                        return new WindowAxis(kernel, between(1, 5), dilation, padding((kernel - 1) * dilation + 1));
                    })
                    .toList());
        }

        private Padding padding(int below) {
            return switch (random.nextInt(4)) {
                case 0 -> Padding.SAME;
                case 1 -> Padding.SAME_LOWER;
                case 2 -> Padding.VALID;
                default -> new Padding.Explicit(random.nextInt(below), random.nextInt(below));
            };
        }

        private int between(int first, int last) {
            return random.nextInt(first, last + 1);
        }

        private boolean oneIn(int n) {
            return random.nextInt(n) == 0;
        }

        private <T> T pick(T[] values) {
            return values[random.nextInt(values.length)];
        }
    }
}
