package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.LayerDraw;
import dev.tally.analysis.LayerDraw.Kind;
import dev.tally.engine.Assignment;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.engine.reference.Values;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.onnx.DrawnNetwork;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of layer, drawn at random, against the reference. */
class DrawnLayersTest {
    private static final int DRAWS = Integer.getInteger("draws", 40);

    private final JavaEngine engine = JavaEngines.checked();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyLayerIsWhatTheReferenceGives(Kind kind) throws UnsupportedNetworkException {
        int run = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            LayerDraw draw = LayerDraw.of(kind, seed);
            Network network = DrawnNetwork.of(draw, 1 + seed % 2);
            if (network != null) {
                compare(engine, network, seed, kind + ", seed " + seed + ": " + draw);
                run++;
            }
        }
        assertThat(run).as("draws that fit").isGreaterThan(DRAWS / 10);
    }

    static List<Arguments> convolutionsAndLengthsOfVectors() {
        List<Arguments> arguments = new ArrayList<>();
        for (Kind kind :
                List.of(Kind.CONVOLUTION, Kind.DEPTHWISE_CONVOLUTION, Kind.TRANSPOSED_CONVOLUTION, Kind.DENSE)) {
            for (int lanes : JavaEngines.lanes()) {
                arguments.add(Arguments.of(kind, lanes));
            }
        }
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("convolutionsAndLengthsOfVectors")
    void vectorsOfEveryLengthAndPlainLoopsComputeTheSame(Kind kind, int lanes) throws UnsupportedNetworkException {
        for (int seed = DRAWS; seed < 2 * DRAWS; seed++) {
            LayerDraw draw = LayerDraw.of(kind, seed);
            Network network = DrawnNetwork.of(draw, 1 + seed % 2);
            if (network != null) {
                compare(JavaEngines.ofLanes(lanes), network, seed, lanes + " lanes, " + kind + ", seed " + seed);
            }
        }
    }

    private static void compare(JavaEngine engine, Network network, int seed, String description)
            throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared()) {
            Assignment assignment = new Assignment(
                    network,
                    new SeededWeights(SeededWeights.SEED),
                    SeededInputs.of(network, seed, arena),
                    1 + seed % 3 % 2,
                    Precision.FLOAT32,
                    Set.of());
            try (PreparedNetwork prepared = engine.prepare(assignment);
                    PreparedNetwork reference = new ReferenceEngine().prepare(assignment)) {
                Map<Source, Tensor> computed = prepared.read(network.outputs(), arena);
                Map<Source, Tensor> expected = reference.read(network.outputs(), arena);
                for (Source output : network.outputs()) {
                    Values values = Values.of(LayerErrors.tensor(expected, output));
                    assertThat(LayerErrors.of(values, LayerErrors.tensor(computed, output), 0))
                            .as(description)
                            .isLessThan(1e-4);
                }
            } catch (RuntimeException e) {
                throw new AssertionError(description, e);
            }
        }
    }
}
