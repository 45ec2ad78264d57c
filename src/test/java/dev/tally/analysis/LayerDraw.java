package dev.tally.analysis;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.DataType;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.Padding;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A layer and the inputs it is put on, drawn at random; not all of them fit. One seed gives one draw.
 *
 * @param inputs the shapes of its inputs
 */
record LayerDraw(Layer layer, List<Shape> inputs, Layout layout, int batch, DataType dataType) {
    /** What is drawn. */
    enum Kind {
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
        ADD,
        CONCAT,
        FLATTEN,
        DROPOUT,
        IDENTITY
    }

    static LayerDraw of(Kind kind, long seed) {
        return new Dice(new Random(seed * 0x9E3779B97F4A7C15L + kind.name().hashCode())).draw(kind);
    }

    private record Dice(Random random) {
        LayerDraw draw(Kind kind) {
            Layout layout = pick(Layout.values());
            int rank = between(1, 3);
            List<Shape> inputs = switch (kind) {
                case CONVOLUTION, DEPTHWISE_CONVOLUTION, POOL, ADAPTIVE_POOL, GLOBAL_POOL ->
                    List.of(image(oneIn(40) ? between(0, 3) : rank));
                case ADD -> similar(image(between(0, 3)), between(1, 4), false);
                case CONCAT -> similar(image(between(0, 3)), between(1, 4), true);
                default -> List.of(image(between(0, 3)));
            };
            int channels =
                    inputs.getFirst().size(layout.channelAxis(inputs.getFirst().rank()));
            return new LayerDraw(
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
                case SOFTMAX -> new Softmax(axis(inputRank));
                case ADD -> new Elementwise(Elementwise.Operator.ADD);
                case CONCAT -> new Concat(axis(inputRank));
                case FLATTEN -> new Flatten();
                case DROPOUT -> new Dropout(0.5);
                case IDENTITY -> new Identity();
            };
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
