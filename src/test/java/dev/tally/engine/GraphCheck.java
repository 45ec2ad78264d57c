package dev.tally.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.engine.reference.Values;
import dev.tally.network.Elementwise;
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

/**
 * Whether an engine gives what the reference does for a graph: layer by layer, all laid open, and as a whole, where
 * layers are fused and moved past each other.
 */
public final class GraphCheck {
    private GraphCheck() {}

    /**
     * Checks a graph.
     *
     * @throws UnsupportedNetworkException if the engine cannot run it
     */
    public static void check(Engine engine, String name, Network network, int seed) throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared()) {
            Map<Input, Tensor> inputs = SeededInputs.of(network, seed, arena);
            Assignment assignment =
                    new Assignment(network, new SeededWeights(seed), inputs, 1 + seed % 3, Precision.FLOAT32, Set.of());
            LayerErrors.of(engine, assignment)
                    .forEach((node, error) -> assertThat(error)
                            .as("%s: %s %s of %s", name, node, node.layer(), node.inputs())
                            .isLessThan(most(node)));
            if (network.nodes().stream().noneMatch(GraphCheck::divides)) {
                checkWhole(engine, name, assignment, seed, arena);
            }
        } catch (EngineException e) {
            throw new AssertionError(name + ": " + network.nodes(), e);
        }
    }

    /**
     * A norm over sets of one element, or of equal ones, magnifies what an engine rounds by 1 / sqrt(epsilon), about
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
    private static void checkWhole(Engine engine, String name, Assignment assignment, int seed, Arena arena)
            throws UnsupportedNetworkException {
        Network network = assignment.network();
        Assignment changed = new Assignment(
                network, assignment.weights(), changed(assignment, seed, arena), 1, Precision.FLOAT32, Set.of());
        ReferenceEngine reference = new ReferenceEngine();
        try (PreparedNetwork computed = engine.prepare(assignment);
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
