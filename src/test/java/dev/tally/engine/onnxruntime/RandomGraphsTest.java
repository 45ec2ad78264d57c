package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.LayerDraw.Kind;
import dev.tally.analysis.SmallGraphDraw;
import dev.tally.engine.BlockedGraphDraw;
import dev.tally.engine.GraphCheck;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Embedding;
import dev.tally.network.GraphDraw;
import dev.tally.network.Network;
import dev.tally.network.Node;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Graphs drawn at random, in ONNX Runtime against the reference: layer by layer, all laid open, and as a whole, where
 * ONNX Runtime fuses layers and moves them past each other.
 */
class RandomGraphsTest {
    /** As often as -Dgraphs says; the suite has time for this many. */
    private static final int DRAWS = Integer.getInteger("graphs", 120);

    private static final OnnxRuntimeCpu ENGINE = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null));

    @Test
    void graphsWithBranchesJoinsAndViewsAreWhatTheReferenceGives() {
        for (int seed = 0; seed < DRAWS; seed++) {
            check("graph " + seed, GraphDraw.of(seed), seed);
        }
    }

    @Test
    void graphsWithChannelsInBlocksAreWhatTheReferenceGives() {
        for (int seed = 0; seed < DRAWS; seed++) {
            check("blocked graph " + seed, BlockedGraphDraw.of(seed), seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void graphsAroundEveryKindOfLayerAreWhatTheReferenceGives(Kind kind) {
        for (int seed = 0; seed < DRAWS / 20; seed++) {
            check("small graph " + seed + " around " + kind, SmallGraphDraw.of(kind, seed), seed);
        }
    }

    private static void check(String name, @Nullable Network network, int seed) {
        if (network == null) {
            return; // The draw did not fit.
        }
        try {
            GraphCheck.check(ENGINE, name, network, seed);
        } catch (UnsupportedNetworkException e) {
            assertThat(e.node())
                    .as("%s: %s", name, e.getMessage())
                    .isNotNull()
                    .extracting(Node::layer)
                    .isInstanceOf(Embedding.class);
        }
    }
}
