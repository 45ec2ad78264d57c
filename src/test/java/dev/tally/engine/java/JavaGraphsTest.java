package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tally.analysis.LayerDraw.Kind;
import dev.tally.analysis.SmallGraphDraw;
import dev.tally.engine.BlockedGraphDraw;
import dev.tally.engine.GraphCheck;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.memory.Access;
import dev.tally.network.GraphDraw;
import dev.tally.network.Network;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs drawn at random, against the reference: all but those that look up numbers which they compute. */
class JavaGraphsTest {
    /** As often as -Dgraphs says; the suite has time for this many. */
    private static final int DRAWS = Integer.getInteger("graphs", 120);

    private final JavaEngine engine = JavaEngines.checked();

    @Test
    void graphsWithBranchesJoinsAndViewsAreWhatTheReferenceGives() {
        assertThat(run("graph", DRAWS, GraphDraw::of)).as("graphs that run").isGreaterThan(DRAWS / 4);
    }

    /** Convolutions, norms, activations, sums and pools: whatever is fused is here. */
    @Test
    void graphsOfConvolutionsAndWhatFollowsThemAreWhatTheReferenceGives() {
        assertThat(run("blocked graph", DRAWS, BlockedGraphDraw::of))
                .as("graphs that run")
                .isGreaterThan(DRAWS / 2);
    }

    /** Tensors in blocks of channels wherever that is possible, each in memory of its own, of which none is left. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void graphsInBlocksOfChannelsAreWhatTheReferenceGives(int lanes) {
        assumeThat(VectorSupport.current().lanes()).isGreaterThanOrEqualTo(lanes);
        assertThat(run(JavaEngines.blocked(lanes, Access.CHECKED), "blocked graph", DRAWS, BlockedGraphDraw::of))
                .as("graphs that run")
                .isGreaterThan(DRAWS / 2);
    }

    /** The same where tensors that are not there at once share memory, and plans what they work in. */
    @Test
    void graphsWhoseTensorsShareMemoryAreWhatTheReferenceGives() {
        int lanes = VectorSupport.current().lanes();
        assumeThat(lanes).isGreaterThanOrEqualTo(4);
        assertThat(run(JavaEngines.blocked(lanes, Access.RAW), "blocked graph", 2 * DRAWS, BlockedGraphDraw::of))
                .as("graphs that run")
                .isGreaterThan(DRAWS);
        assertThat(run(JavaEngines.blocked(lanes, Access.RAW), "graph", DRAWS, GraphDraw::of))
                .as("graphs that run")
                .isGreaterThan(DRAWS / 10);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void graphsAroundAKindOfLayerAreWhatTheReferenceGives(Kind kind) {
        int draws = DRAWS / 10;
        assertThat(run("small graph around " + kind, draws, seed -> SmallGraphDraw.of(kind, seed)))
                .as("graphs that run")
                .isPositive();
    }

    private int run(String name, int draws, IntFunction<@Nullable Network> draw) {
        return run(engine, name, draws, draw);
    }

    private static int run(JavaEngine engine, String name, int draws, IntFunction<@Nullable Network> draw) {
        int run = 0;
        for (int seed = 0; seed < draws; seed++) {
            Network network = draw.apply(seed);
            if (network == null) {
                continue; // The draw did not fit.
            }
            try {
                GraphCheck.check(engine, name + " " + seed, network, seed);
                run++;
            } catch (UnsupportedNetworkException e) {
                assertThat(e).hasMessageContaining("expected an input of the network as what it looks up");
            }
        }
        return run;
    }
}
