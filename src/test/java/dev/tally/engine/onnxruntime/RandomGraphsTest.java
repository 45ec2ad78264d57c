package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.LayerDraw.Kind;
import dev.tally.analysis.SmallGraphDraw;
import dev.tally.engine.Assignment;
import dev.tally.engine.EngineException;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.engine.reference.Values;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.GraphDraw;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Normalizing;
import dev.tally.network.Source;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.TokenInputs;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
        try (Arena arena = Arena.ofShared()) {
            Map<Input, Tensor> inputs = SeededInputs.of(network, seed, arena);
            Assignment assignment =
                    new Assignment(network, new SeededWeights(seed), inputs, 1 + seed % 2, Precision.FLOAT32, Set.of());
            LayerErrors.of(ENGINE, assignment)
                    .forEach((node, error) -> assertThat(error)
                            .as("%s: %s %s of %s", name, node, node.layer(), node.inputs())
                            .isLessThan(most(node)));
            if (network.nodes().stream().noneMatch(RandomGraphsTest::divides)) {
                checkWhole(name, assignment, seed, arena);
            }
        } catch (UnsupportedNetworkException e) {
            assertThat(e.node())
                    .as("%s: %s", name, e.getMessage())
                    .isNotNull()
                    .extracting(Node::layer)
                    .isInstanceOf(Embedding.class);
        } catch (EngineException e) {
            throw new AssertionError(name + ": " + network.nodes(), e);
        }
    }

    /**
     * A norm over sets of one element, or of equal ones, magnifies what ONNX Runtime rounds by 1 / sqrt(epsilon), about
     * 300.
     */
    private static double most(Node node) {
        return node.layer() instanceof Normalizing ? 1e-3 : 1e-4;
    }

    /** A quotient by nearly nothing is anything. */
    private static boolean divides(Node node) {
        return node.layer() instanceof Elementwise(Elementwise.Operator operator)
                && operator == Elementwise.Operator.DIVIDE;
    }

    /** Through all layers errors grow, as far as the network makes them: as much as a change of its inputs does. */
    private static void checkWhole(String name, Assignment assignment, int seed, Arena arena)
            throws UnsupportedNetworkException {
        Network network = assignment.network();
        Assignment changed = new Assignment(
                network, assignment.weights(), changed(assignment, seed, arena), 1, Precision.FLOAT32, Set.of());
        ReferenceEngine reference = new ReferenceEngine();
        try (PreparedNetwork computed = ENGINE.prepare(assignment);
                PreparedNetwork expected = reference.prepare(assignment);
                PreparedNetwork nearby = reference.prepare(changed)) {
            Map<Source, Tensor> got = computed.read(network.outputs(), arena);
            Map<Source, Tensor> wanted = expected.read(network.outputs(), arena);
            Map<Source, Tensor> near = nearby.read(network.outputs(), arena);
            for (Source output : network.outputs()) {
                Values values = Values.of(LayerErrors.tensor(wanted, output));
                double change = LayerErrors.of(values, LayerErrors.tensor(near, output), LayerErrors.LEAST);
                assertThat(LayerErrors.of(values, LayerErrors.tensor(got, output), LayerErrors.LEAST))
                        .as("%s as a whole: %s", name, output)
                        .isLessThanOrEqualTo(1e-3 + 30 * change);
            }
        }
    }

    /** The inputs, each number a millionth more or less or as it is; numbers of entries as they are. */
    private static Map<Input, Tensor> changed(Assignment assignment, int seed, Arena arena) {
        TokenInputs tokens = TokenInputs.of(assignment.network());
        Map<Input, Tensor> changed = new HashMap<>();
        assignment.inputs().forEach((input, tensor) -> {
            FloatValues values = tokens.vocabulary(input).isPresent()
                    ? tensor
                    : index -> tensor.at(index) * (1 + 1e-6f * (Math.floorMod(31 * index + seed, 3L) - 1));
            changed.put(
                    input,
                    Tensor.allocate(arena, tensor.batch(), tensor.shape()).fill(values));
        });
        return changed;
    }
}
