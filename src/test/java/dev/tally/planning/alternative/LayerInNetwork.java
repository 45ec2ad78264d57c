package dev.tally.planning.alternative;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Dropout;
import dev.tally.network.Identity;
import dev.tally.network.InvalidNetworkException;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Node;
import dev.tally.network.Padding;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A layer that can be designed anew, in a small network, drawn at random: with and without what is fused into it, its
 * input taken by others before and after it, its output by several. One seed gives one draw.
 *
 * @param layer the layer's node
 */
record LayerInNetwork(Network network, Node layer) {
    /** What is drawn. */
    enum Kind {
        CONVOLUTION,
        DEPTHWISE,
        DENSE
    }

    /** {@return so many draws of a kind, those that are no networks left out} */
    static Stream<LayerInNetwork> draw(Kind kind, int draws) {
        return IntStream.range(0, draws).mapToObj(seed -> of(kind, seed)).flatMap(Stream::ofNullable);
    }

    private static @Nullable LayerInNetwork of(Kind kind, long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + kind.name().hashCode());
        try {
            return new Dice(random).draw(kind);
        } catch (InvalidNetworkException e) {
            return null; // a kernel that is larger than what it slides over
        }
    }

    private record Dice(Random random) {
        LayerInNetwork draw(Kind kind) {
            Layout layout = random.nextBoolean() ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
            int rank = kind == Kind.DENSE ? random.nextInt(4) : 1 + random.nextInt(3);
            int channels = pick(1, 2, 3, 4, 6, 8, 12, 32);
            int most = rank == 3 ? 6 : 11;
            Shape input = layout.shape(channels, random.ints(rank, 1, most + 1).toArray());
            NetworkBuilder builder = new NetworkBuilder("drawn")
                    .layout(layout)
                    .batch(1 + random.nextInt(3))
                    .input("input", input);
            List<String> outputs = new ArrayList<>();
            String from = "input";
            if (random.nextBoolean()) {
                from = add(builder, "stem", "batch_norm", new BatchNorm(1e-5), from);
            }
            if (random.nextInt(4) == 0) {
                outputs.add(add(builder, "before", "relu", relu(), from));
            }
            String layer = random.nextInt(3) == 0 ? "block/layer" : "layer";
            if (random.nextInt(3) == 0) { // a name that a rewrite would choose
                add(builder, layer + "/reduce", "identity", new Identity(), from);
                from = layer + "/reduce";
            }
            add(builder, layer, type(kind, rank), layer(kind, rank, channels), from);
            String last = follow(builder, layer);
            if (random.nextInt(4) == 0) {
                outputs.add(add(builder, "beside", "tanh", new Activation(ActivationFunction.TANH), from));
            }
            if (random.nextInt(4) == 0) {
                outputs.add(layer);
            }
            outputs.add(
                    random.nextBoolean()
                            ? last
                            : add(
                                    builder,
                                    "join",
                                    "concat",
                                    new Concat(Axis.of(rank == 0 ? 0 : random.nextInt(rank))),
                                    last,
                                    layer));
            Network network =
                    builder.outputs(outputs.stream().distinct().toList()).build();
            Node node = network.nodes().stream()
                    .filter(each -> each.name().equals(layer))
                    .findFirst()
                    .orElseThrow();
            return new LayerInNetwork(network, node);
        }

        private Layer layer(Kind kind, int rank, int channels) {
            boolean bias = random.nextBoolean();
            return switch (kind) {
                case CONVOLUTION -> {
                    int groups = random.nextInt(3) == 0 ? pick(1, 2, 4, channels) : 1;
                    yield new Convolution(groups * pick(1, 2, 3, 8, 16), window(rank), groups, bias);
                }
                case DEPTHWISE -> new DepthwiseConvolution(pick(1, 2, 3), window(rank), bias);
                case DENSE -> new Dense(pick(1, 3, 8, 20), bias);
            };
        }

        private static String type(Kind kind, int rank) {
            return switch (kind) {
                case CONVOLUTION -> "conv" + rank + "d";
                case DEPTHWISE -> "depthwise_conv" + rank + "d";
                case DENSE -> "dense";
            };
        }

        /** Half of the kernels are square; padding is what a description can say. */
        private Window window(int rank) {
            boolean square = random.nextBoolean();
            int size = pick(1, 3, 5, 7);
            boolean strided = random.nextBoolean();
            Padding word = pick(Padding.SAME, Padding.SAME_LOWER, Padding.VALID);
            boolean numbers = random.nextBoolean();
            List<WindowAxis> axes = new ArrayList<>();
            for (int i = 0; i < rank; i++) {
                int kernel = square ? size : 1 + random.nextInt(5);
                Padding padding = numbers ? new Padding.Explicit(random.nextInt(5), random.nextInt(5)) : word;
                axes.add(new WindowAxis(kernel, strided ? 1 + random.nextInt(3) : 1, pick(1, 1, 2), padding));
            }
            return new Window(axes);
        }

        private String follow(NetworkBuilder builder, String layer) {
            String last = layer;
            List<Layer> followers = pick(
                    List.of(),
                    List.of(relu()),
                    List.of(new BatchNorm(1e-5)),
                    List.of(new BatchNorm(1e-3), relu()),
                    List.of(new Dropout(0.5), new Activation(ActivationFunction.HARD_SWISH)),
                    List.of(new ParametricRelu(random.nextBoolean())));
            for (Layer follower : followers) {
                String type = switch (follower) {
                    case BatchNorm _ -> "batch_norm";
                    case ParametricRelu _ -> "prelu";
                    case Dropout _ -> "dropout";
                    case Activation(ActivationFunction function) -> function.id();
                    default -> throw new IllegalStateException(follower.toString());
                };
                last = add(builder, layer + "_" + type, type, follower, last);
            }
            return last;
        }

        private static String add(NetworkBuilder builder, String name, String type, Layer layer, String... from) {
            builder.layer(name, type, layer, from);
            return name;
        }

        private static Activation relu() {
            return new Activation(ActivationFunction.RELU);
        }

        @SafeVarargs
        private <T> T pick(T... values) {
            return values[random.nextInt(values.length)];
        }
    }

    /** {@return the names of the layers that take a layer} */
    static List<String> takers(Network network, String layer) {
        return network.nodes().stream()
                .filter(node ->
                        node.from().stream().anyMatch(source -> source.name().equals(layer)))
                .map(Node::name)
                .toList();
    }

    @Override
    public String toString() {
        return network.layout().id() + " " + network.inputs().getFirst() + ", " + layer + " " + layer.layer() + " in "
                + network.nodes();
    }
}
