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
import java.util.EnumSet;
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

    /** Those that it has no kernel for yet, whatever is drawn. */
    private static final Set<Kind> NONE_YET = EnumSet.of(
            Kind.LAYER_NORM,
            Kind.RMS_NORM,
            Kind.GROUP_NORM,
            Kind.INSTANCE_NORM,
            Kind.GATED_LINEAR_UNIT,
            Kind.REDUCE,
            Kind.MATRIX_PRODUCT,
            Kind.ATTENTION,
            Kind.MULTI_HEAD_ATTENTION,
            Kind.EMBEDDING,
            Kind.LEARNED_TENSOR,
            Kind.RESIZE,
            Kind.PIXEL_SHUFFLE,
            Kind.PIXEL_UNSHUFFLE,
            Kind.ROLL);

    private final JavaEngine engine = JavaEngines.checked();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void computesWhatTheReferenceDoesOrSaysThatItHasNoKernel(Kind kind) throws UnsupportedNetworkException {
        int run = 0;
        int refused = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            LayerDraw draw = LayerDraw.of(kind, seed);
            Network network = DrawnNetwork.of(draw, 1 + seed % 2);
            if (network == null) {
                continue;
            }
            try {
                compare(engine, network, seed, kind + ", seed " + seed + ": " + draw);
                run++;
            } catch (UnsupportedNetworkException e) {
                assertThat(e).hasMessageStartingWith("the engine java has no kernel for drawn yet");
                assertThat(e.node()).isSameAs(network.nodes().getFirst());
                refused++;
            }
        }
        if (NONE_YET.contains(kind)) {
            assertThat(run).as("draws that run").isZero();
        } else {
            // Of what is interpolated, the nearest element alone: one of four ways that are drawn.
            assertThat(run).as("draws that run").isGreaterThan(kind == Kind.UPSAMPLE ? 0 : DRAWS / 3);
            assertThat(refused)
                    .as("draws that are refused")
                    .isLessThanOrEqualTo(kind == Kind.UPSAMPLE ? DRAWS : DRAWS / 20);
        }
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
