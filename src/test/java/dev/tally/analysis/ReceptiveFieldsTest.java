package dev.tally.analysis;

import static dev.tally.analysis.Fields.field;
import static dev.tally.analysis.Fields.fields;
import static dev.tally.analysis.Fields.sizes;
import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.chain;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.dense;
import static dev.tally.network.Layers.maxPool;
import static dev.tally.network.Layers.pad;
import static dev.tally.network.Layers.square;
import static dev.tally.network.Layers.window;
import static dev.tally.network.Resampling.Interpolation.NEAREST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.AdaptivePooling;
import dev.tally.network.Axis;
import dev.tally.network.Layer;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Node;
import dev.tally.network.Pad;
import dev.tally.network.Padding;
import dev.tally.network.Reduction;
import dev.tally.network.Resize;
import dev.tally.network.Shape;
import dev.tally.network.Slice;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.WindowAxis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReceptiveFieldsTest {
    private static final Shape INPUT = Shape.of(32, 24, 2);

    /** Compared are layers with so many interior elements in a row that each kind of them is there. */
    @Test
    void fieldsAreTheMostThatMovesAnInteriorElement() {
        int layers = 0;
        int compared = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            FieldDraw.Drawn drawn = FieldDraw.of(seed);
            FieldSimulation simulation = new FieldSimulation(drawn.network());
            for (LayerAnalysis layer : Analysis.of(drawn.network()).layers()) {
                layers++;
                int phases = drawn.phases().getOrDefault(layer.node().name(), 1);
                if (simulation.interior(layer.node()) >= phases) {
                    Map<Integer, List<Long>> expected = new HashMap<>();
                    simulation.extents(layer.node()).forEach((input, extent) -> expected.put(input, List.of(extent)));
                    assertThat(sizes(layer))
                            .as("seed %d, %s of %s", seed, layer.node(), layers(drawn.network()))
                            .isEqualTo(expected);
                    compared++;
                }
            }
        }

        assertThat(layers).isGreaterThan(9_000);
        assertThat(compared).as("with interior elements").isGreaterThan(layers * 9 / 10);
    }

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

    /** Strides of 2^30 and 2^25 are 2^55: 256 elements before the first, or after it, are 2^63. */
    @Test
    void isAbsentWhereAnElementIsFurtherThan9223372036854775807FromTheFirst() {
        Padding after = new Padding.Explicit(0, 1 << 30);
        NetworkBuilder builder = new NetworkBuilder("far")
                .input("in", Shape.of(4, 1))
                .layer("leap", "conv1d", conv(1, window(new WindowAxis(1, 1 << 30, 1, after))), "in")
                .layer("longer", "pad", new Pad(List.of(new Padding.Explicit(0, 1 << 26)), Pad.Mode.ZEROS), "leap")
                .layer("leapOn", "conv1d", conv(1, window(new WindowAxis(1, 1 << 25, 1, Padding.VALID))), "longer")
                .layer("start", "pad", new Pad(List.of(new Padding.Explicit(256, 0)), Pad.Mode.ZEROS), "leapOn")
                .layer("long", "pad", new Pad(List.of(new Padding.Explicit(0, 300)), Pad.Mode.ZEROS), "leapOn")
                .layer("end", "slice", new Slice(Axis.of(0), 254, OptionalInt.of(284), 1), "long")
                .layer("twice", "resize", new Resize(List.of(60), NEAREST), "end")
                .layer("fewer", "resize", new Resize(List.of(20), NEAREST), "end")
                .layer("thrice", "resize", new Resize(List.of(60), NEAREST), "fewer")
                .layer("join", "add", add(), "twice", "thrice");
        Map<String, Map<Integer, List<Long>>> fields = new HashMap<>();
        Analysis.of(builder.build())
                .layers()
                .forEach(layer -> fields.put(layer.node().name(), sizes(layer)));

        assertThat(fields)
                .contains(Map.entry("end", Map.of(0, List.of(1L))), Map.entry("twice", Map.of(0, List.of(1L))));
        assertThat(fields).contains(Map.entry("start", Map.of()), Map.entry("join", Map.of()));
    }

    /** Taps of 1 that are 2 apart leave every second element untouched. */
    @Test
    void isAbsentWhereNothingIsSeen() {
        WindowAxis apart = new WindowAxis(1, 2, 1, Padding.VALID);
        Layer spread = new TransposedConvolution(1, window(apart), List.of(1), 1, true);

        assertThat(fields(chain(Shape.of(9, 1), spread, new Slice(Axis.of(0), 1, OptionalInt.empty(), 2))))
                .containsExactly(Map.of(0, List.of(1L)), Map.of());
        assertThat(fields(chain(Shape.of(9, 1), spread, new Slice(Axis.of(0), 0, OptionalInt.empty(), 2))))
                .containsExactly(Map.of(0, List.of(1L)), Map.of(0, List.of(1L)));
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
