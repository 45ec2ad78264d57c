package dev.tally.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.tally.analysis.LayerDraw;
import dev.tally.engine.Assignment;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of layer, drawn at random, written as a model and run in ONNX Runtime, against the reference. */
class LayerModelsTest {
    private static final int DRAWS = Integer.getInteger("draws", 40);
    private static final Weights WEIGHTS = new SeededWeights(SeededWeights.SEED);

    @ParameterizedTest
    @EnumSource(LayerDraw.Kind.class)
    void computesWhatTheReferenceDoes(LayerDraw.Kind kind) throws UnexportableException, UnsupportedNetworkException {
        int run = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            LayerDraw draw = LayerDraw.of(kind, seed);
            Network network = DrawnNetwork.of(draw, 1 + seed % 2);
            if (network == null) {
                continue;
            }
            String description = kind + ", seed " + seed + ": " + draw;
            try (Arena arena = Arena.ofConfined()) {
                Map<Input, Tensor> inputs = SeededInputs.of(network, seed, arena);
                Map<Source, Tensor> computed = OnnxRuntimeRun.of(network, WEIGHTS, inputs, seed % 4 == 0, arena);
                Map<Source, Tensor> expected = reference(network, inputs, arena);
                assertThat(computed.keySet()).as(description).isEqualTo(expected.keySet());
                expected.forEach(
                        (output, tensor) -> assertThat(difference(Objects.requireNonNull(computed.get(output)), tensor))
                                .as(description)
                                .isLessThan(mostDifference(kind)));
            } catch (OrtException e) {
                throw new AssertionError(description, e);
            }
            run++;
        }
        assertThat(run).as("draws that fit").isGreaterThan(DRAWS / 3);
    }

    private static Map<Source, Tensor> reference(Network network, Map<Input, Tensor> inputs, Arena arena)
            throws UnsupportedNetworkException {
        Assignment assignment = new Assignment(network, WEIGHTS, inputs, 1, Precision.FLOAT32, Set.of());
        try (PreparedNetwork prepared = new ReferenceEngine().prepare(assignment)) {
            return prepared.read(network.outputs(), arena);
        }
    }

    /**
     * A norm over sets of one element, or of equal ones, magnifies what ONNX Runtime rounds by 1 / sqrt(epsilon), about
     * 300.
     */
    private static double mostDifference(LayerDraw.Kind kind) {
        return switch (kind) {
            case INSTANCE_NORM, GROUP_NORM, LAYER_NORM -> 1e-3;
            default -> 1e-4;
        };
    }

    /** The largest difference over the largest finite number expected. */
    private static double difference(Tensor computed, Tensor expected) {
        double largest = 0;
        double difference = 0;
        for (long i = 0; i < expected.elements(); i++) {
            if (computed.at(i) != expected.at(i)) {
                double distance = Math.abs(computed.at(i) - expected.at(i));
                difference = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(difference, distance);
            }
            largest = Float.isFinite(expected.at(i)) ? Math.max(largest, Math.abs(expected.at(i))) : largest;
        }
        return largest == 0 ? difference : difference / largest;
    }
}
