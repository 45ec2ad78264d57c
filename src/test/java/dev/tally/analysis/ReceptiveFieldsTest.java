package dev.tally.analysis;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.chain;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.dense;
import static dev.tally.network.Layers.globalAverage;
import static dev.tally.network.Layers.maxPool;
import static dev.tally.network.Layers.pad;
import static dev.tally.network.Layers.relu;
import static dev.tally.network.Layers.square;
import static dev.tally.network.Layers.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.AdaptivePooling;
import dev.tally.network.Axis;
import dev.tally.network.Concat;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Flatten;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Node;
import dev.tally.network.Padding;
import dev.tally.network.Reduction;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceptiveFieldsTest {
    private static final Shape INPUT = Shape.of(32, 24, 2);

    @Test
    void fieldsAreWhatMovesAnInteriorElement() {
        int compared = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            Network network = drawn(new Random(seed * 0x9E3779B97F4A7C15L));
            FieldSimulation simulation = new FieldSimulation(network);
            for (LayerAnalysis layer : Analysis.of(network).layers()) {
                Optional<Map<Integer, Long>> extents = simulation.extents(layer.node());
                if (extents.isPresent()) {
                    Map<Integer, List<Long>> expected = new HashMap<>();
                    extents.get().forEach((input, extent) -> expected.put(input, List.of(extent)));
                    assertThat(sizes(layer))
                            .as("seed %d, %s of %s", seed, layer.node(), layers(network))
                            .isEqualTo(expected);
                    compared++;
                }
            }
        }

        assertThat(compared).isGreaterThan(3_000);
    }

    /** One or two long inputs; windows, and joins of what has gone through the same strides. */
    private static Network drawn(Random random) {
        NetworkBuilder builder = new NetworkBuilder("drawn");
        Map<String, Track> tracks = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            names.add("input" + i);
            builder.input("input" + i, Shape.of(200, 1));
            tracks.put("input" + i, new Track(200, 1));
        }
        int inputs = names.size();
        for (int i = 0; i < 2 + random.nextInt(9); i++) {
            String from = i < inputs ? names.get(i) : names.get(random.nextInt(names.size()));
            Track track = tracks.getOrDefault(from, new Track(0, 0));
            List<String> alike = names.stream()
                    .filter(name -> track.equals(tracks.get(name)))
                    .toList();
            String name = "layer" + i;
            if (i >= inputs && alike.size() > 1 && random.nextInt(3) > 0) {
                builder.layer(name, "add", add(), from, alike.get(random.nextInt(alike.size())));
                tracks.put(name, track);
            } else {
                int dilation = random.nextInt(1, 4);
                int kernel = random.nextInt(1, 5);
                int padding = random.nextInt(3) > 0 ? (kernel - 1) * dilation : random.nextInt(4);
                int before = random.nextInt(padding + 1);
                int stride = random.nextInt(3) == 0 && track.size() > 40 ? random.nextInt(2, 4) : 1;
                WindowAxis axis =
                        new WindowAxis(kernel, stride, dilation, new Padding.Explicit(before, padding - before));
                boolean depthwise = random.nextBoolean();
                builder.layer(
                        name,
                        "window",
                        depthwise ? new DepthwiseConvolution(1, window(axis), true) : conv(1, window(axis)),
                        from);
                int extent = (kernel - 1) * dilation + 1;
                tracks.put(name, new Track((track.size() + padding - extent) / stride + 1, track.step() * stride));
            }
            names.add(name);
        }
        return builder.build();
    }

    /** How long a tensor is and how many elements of the input one of its steps spans. */
    private record Track(int size, int step) {}

    /** 3 · 3 windows: 3, 5, 7; of stride 2 after the second: 7, and 11 with one more. */
    @Test
    void windowsWidenTheFieldByTheirExtentLessOneTimesTheStridesBefore() {
        Network network = chain(
                INPUT,
                conv(2, 3),
                conv(2, 3),
                conv(2, square(3, 2, pad(1))),
                conv(2, 3),
                conv(2, square(3, 1, 2, pad(2))));

        assertThat(fields(network)).containsExactly(field(3), field(5), field(7), field(11), field(19));
    }

    @Test
    void eachAxisHasItsOwnField() {
        WindowAxis height = new WindowAxis(7, 1, 1, pad(3));
        WindowAxis width = new WindowAxis(1, 1, 1, Padding.VALID);

        assertThat(fields(chain(INPUT, conv(2, window(height, width))))).containsExactly(Map.of(0, List.of(7L, 1L)));
    }

    @Test
    void samePaddingChangesNoField() {
        assertThat(fields(chain(INPUT, conv(2, square(5, 2, Padding.SAME)), conv(2, square(3, 1, Padding.SAME_LOWER)))))
                .containsExactly(field(5), field(9));
    }

    /** Of two paths the wider: 1 × 1 beside 5 × 5. */
    @Test
    void joiningPathsGivesTheHullOfTheirFields() {
        for (Layer join : List.of(add(), concat())) {
            Network network = new NetworkBuilder("branches")
                    .input("in", INPUT)
                    .layer("narrow", "conv2d", conv(2, 1), "in")
                    .layer("wide", "conv2d", conv(2, square(5, 1, pad(2))), "in")
                    .layer("join", "join", join, "narrow", "wide")
                    .build();

            assertThat(fields(network).getLast()).isEqualTo(field(5));
        }
    }

    /** Off its centre by unequal padding, each reaches 2 to one side: together 5, though each sees 3. */
    @Test
    void joiningPathsThatLookToOppositeSidesGivesBoth() {
        WindowAxis back = new WindowAxis(3, 1, 1, new Padding.Explicit(2, 0));
        WindowAxis ahead = new WindowAxis(3, 1, 1, new Padding.Explicit(0, 2));
        Network network = new NetworkBuilder("branches")
                .input("in", INPUT)
                .layer("back", "conv2d", conv(2, window(back, back)), "in")
                .layer("ahead", "conv2d", conv(2, window(ahead, ahead)), "in")
                .layer("join", "add", add(), "back", "ahead")
                .build();

        assertThat(fields(network)).containsExactly(field(3), field(3), field(5));
    }

    @Test
    void denseAfterFlattenAndGlobalPoolsCoverTheAxes() {
        Map<Integer, List<Long>> all = Map.of(0, List.of(32L, 24L));

        assertThat(fields(chain(INPUT, conv(2, 3), globalAverage(), dense(5)))).containsExactly(field(3), all, all);
        assertThat(fields(chain(INPUT, new Flatten(), dense(5))).getLast()).isEqualTo(all);
        assertThat(fields(chain(INPUT, new AdaptivePooling(Reduction.MAXIMUM, List.of(1, 1), true))))
                .containsExactly(all);
    }

    @Test
    void isAbsentAfterAFlattenThatMixesAxes() {
        assertThat(fields(chain(INPUT, conv(2, 3), new Flatten(), relu())))
                .containsExactly(field(3), Map.of(), Map.of());
    }

    @Test
    void isKeptByAFlattenOfOnePosition() {
        assertThat(fields(chain(Shape.of(3, 3, 2), conv(2, 3), new Flatten()))).containsExactly(field(3), field(3));
    }

    @Test
    void isAbsentAfterAConcatenationAlongASpatialAxis() {
        Network network = new NetworkBuilder("stacked")
                .input("in", INPUT)
                .layer("stack", "concat", new Concat(Axis.of(0)), "in", "in")
                .build();

        assertThat(fields(network)).containsExactly(Map.of());
    }

    /** Strides 1 and 2 meet: the two move apart from element to element. */
    @Test
    void isAbsentWherePathsOfDifferentStridesMeet() {
        Network network = new NetworkBuilder("torn")
                .input("in", Shape.of(8, 8, 2))
                .layer("cut", "conv2d", conv(2, 5), "in")
                .layer("strided", "conv2d", conv(2, square(1, 2, Padding.VALID)), "in")
                .layer("join", "add", add(), "cut", "strided")
                .build();

        assertThat(fields(network).getLast()).isEmpty();
    }

    @Test
    void isAbsentWhereAnInputHasNoSpatialAxes() {
        assertThat(fields(chain(Shape.of(8), dense(3)))).containsExactly(Map.of());
    }

    @Test
    void softmaxOverASpatialAxisCoversIt() {
        assertThat(fields(chain(INPUT, new Softmax(Axis.of(1), false)))).containsExactly(Map.of(0, List.of(1L, 24L)));
        assertThat(fields(chain(INPUT, new Softmax(Axis.of(-1), false)))).containsExactly(field(1));
    }

    /** Dense joins the last axis, which here is the width. */
    @Test
    void denseOnChannelsFirstCoversTheLastAxis() {
        Network network = new NetworkBuilder("first")
                .layout(Layout.CHANNELS_FIRST)
                .input("in", Shape.of(2, 32, 24))
                .layer("dense", "dense", dense(7), "in")
                .build();

        assertThat(sizes(Analysis.of(network).layers().getFirst())).isEqualTo(Map.of(0, List.of(1L, 24L)));
    }

    /** 32 / 8 and 24 / 6 are windows of 4, over fields of 3 one apart; of 24 / 5 = 4.8, the widest touches 6. */
    @Test
    void adaptivePoolIsItsWidestWindow() {
        Layer even = new AdaptivePooling(Reduction.AVERAGE, List.of(8, 6), true);
        Layer uneven = new AdaptivePooling(Reduction.AVERAGE, List.of(8, 5), true);

        assertThat(fields(chain(INPUT, conv(2, square(3, 1, pad(1))), even))).containsExactly(field(3), field(6));
        assertThat(fields(chain(INPUT, uneven))).containsExactly(Map.of(0, List.of(4L, 6L)));
    }

    /** Two strides of 2^30 are 2^60; nine elements that far apart span 2^63. */
    @Test
    void isAbsentWhereItIsOver9223372036854775807() {
        WindowAxis far = new WindowAxis(1, 1 << 30, 1, pad(1 << 30));
        Layer leap = conv(1, window(far));
        Layer nine = conv(1, window(new WindowAxis(9, 1, 1, new Padding.Explicit(5, 8))));
        Layer longer = conv(1, window(new WindowAxis(1, 1, 1, new Padding.Explicit(0, 13))));
        Layer eighths = new AdaptivePooling(Reduction.AVERAGE, List.of(2), true);
        Layer pair = conv(1, window(new WindowAxis(2, 1, 1, Padding.VALID)));

        assertThat(fields(chain(Shape.of(4, 1), leap, leap, nine)).getLast()).isEmpty();
        assertThat(fields(chain(Shape.of(4, 1), leap, leap, longer, eighths, pair))
                        .getLast())
                .isEmpty();
    }

    @Test
    void eachInputHasItsOwnField() {
        Network network = new NetworkBuilder("two")
                .input("a", INPUT)
                .input("b", INPUT)
                .layer("conv", "conv2d", conv(2, square(3, 1, pad(1))), "b")
                .layer("join", "add", add(), "a", "conv")
                .layer("pool", "max_pool2d", maxPool(2), "join")
                .build();

        assertThat(fields(network))
                .containsExactly(
                        Map.of(1, List.of(3L, 3L)),
                        Map.of(0, List.of(1L, 1L), 1, List.of(3L, 3L)),
                        Map.of(0, List.of(2L, 2L), 1, List.of(4L, 4L)));
    }

    private static List<Map<Integer, List<Long>>> fields(Network network) {
        return Analysis.of(network).layers().stream()
                .map(ReceptiveFieldsTest::sizes)
                .toList();
    }

    private static Map<Integer, List<Long>> field(long size) {
        return Map.of(0, List.of(size, size));
    }

    /** By the inputs' ids. */
    private static Map<Integer, List<Long>> sizes(LayerAnalysis layer) {
        Map<Integer, List<Long>> sizes = new HashMap<>();
        layer.receptiveField().sizes().forEach((input, axes) -> sizes.put(input.id(), axes));
        return sizes;
    }

    private static String layers(Network network) {
        return network.nodes().stream()
                .map(ReceptiveFieldsTest::described)
                .toList()
                .toString();
    }

    private static String described(Node node) {
        return node.name() + " " + node.layer() + " of " + node.from();
    }
}
