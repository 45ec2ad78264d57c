package dev.tally.analysis;

import static dev.tally.analysis.Fields.field;
import static dev.tally.analysis.Fields.fields;
import static dev.tally.analysis.Fields.sizes;
import static dev.tally.network.Layers.chain;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.dense;
import static dev.tally.network.Layers.globalAverage;
import static dev.tally.network.Layers.pad;
import static dev.tally.network.Layers.relu;
import static dev.tally.network.Layers.square;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attention;
import dev.tally.network.Axis;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Flatten;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.MatMul;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Permute;
import dev.tally.network.Reduction;
import dev.tally.network.Reshape;
import dev.tally.network.Roll;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Receptive fields where layers join axes, keep them, swap them or mix them. */
class FieldAxesTest {
    private static final Shape INPUT = Shape.of(32, 24, 2);

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

    /** The width stands where features do: a head's scores are made of half of it, a feature of the result of one. */
    @Test
    void attentionWithoutProjectionsKeepsFeaturesApart() {
        assertThat(attended(1, "x", "x", "y")).isEqualTo(Map.of(0, List.of(32L, 24L), 1, List.of(32L, 1L)));
        assertThat(attended(2, "x", "x", "y")).isEqualTo(Map.of(1, List.of(32L, 1L)));
        assertThat(attended(1, "y", "x", "y")).isEqualTo(Map.of(0, List.of(32L, 24L), 1, List.of(32L, 24L)));
    }

    private static Map<Integer, List<Long>> attended(int heads, String... from) {
        Network network = new NetworkBuilder("attended")
                .layout(Layout.CHANNELS_FIRST)
                .input("x", Shape.of(2, 32, 24))
                .input("y", Shape.of(2, 32, 24))
                .layer("attention", "attention", new Attention(heads), from)
                .build();
        return fields(network).getLast();
    }

    /** The height stands where channels do, which the pool keeps apart; the width is joined. */
    @Test
    void aPoolOverAllPositionsSeesNotAllThatWasMixedIntoChannels() {
        Permute swap = new Permute(List.of(2, 1, 0));
        Map<Integer, List<Long>> all = Map.of(0, List.of(32L, 24L));

        assertThat(fields(chain(INPUT, swap, globalAverage())).getLast()).isEqualTo(Map.of(0, List.of(1L, 24L)));
        assertThat(fields(chain(INPUT, swap, new ChannelShuffle(4), globalAverage()))
                        .getLast())
                .isEmpty();
        assertThat(fields(chain(INPUT, new Roll(Axis.of(0), 3), globalAverage()))
                        .getLast())
                .isEqualTo(all);
        assertThat(fields(chain(INPUT, new Reshape(List.of(32 * 24, 2)), globalAverage()))
                        .getLast())
                .isEqualTo(all);
        assertThat(fields(chain(INPUT, new Reshape(List.of(2, 32 * 24)), globalAverage()))
                        .getLast())
                .isEmpty();
    }

    /** Height and width swapped, then the height cut in 4 times 8, of which neither is a row. */
    @Test
    void axesThatAPermuteOrReshapeMovesKeepTheirFields() {
        Layer wide = conv(2, square(3, 1, pad(1)));

        assertThat(fields(chain(INPUT, wide, new Permute(List.of(1, 0, 2)), wide))
                        .getLast())
                .isEqualTo(field(5));
        assertThat(fields(chain(INPUT, wide, new Reshape(List.of(1, 32, 24, 2)), relu()))
                        .getLast())
                .isEqualTo(field(3));
        assertThat(fields(chain(INPUT, wide, new Reshape(List.of(4, 8, 24, 2)))).getLast())
                .isEmpty();
    }

    /** A row of the first with a column of the second, along which the sum goes. */
    @Test
    void productsOfMatricesSeeRowsOfTheFirstAndColumnsOfTheSecond() {
        NetworkBuilder builder = new NetworkBuilder("product")
                .input("a", INPUT)
                .input("b", Shape.of(32, 2, 24))
                .layer("product", "matmul", new MatMul(false), "a", "b");

        assertThat(fields(builder.build())).containsExactly(Map.of(0, List.of(1L, 1L), 1, List.of(1L, 2L)));
        assertThat(fields(new NetworkBuilder("square")
                        .input("a", INPUT)
                        .layer("square", "matmul", new MatMul(true), "a", "a")
                        .build()))
                .containsExactly(Map.of());
    }
}
