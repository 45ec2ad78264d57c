package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tally.engine.Assignment;
import dev.tally.engine.GraphCheck;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.memory.Access;
import dev.tally.network.Network;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers that are computed at once, moved past each other, or written into each other's place, against the reference.
 */
class FusedStagesTest {
    private static final String CONV = "{'name': 'a', 'type': 'conv2d', 'filters': 32, 'kernel': 3, 'padding': 1}";

    /** A batch norm and a rectifier before a convolution, and an average pool after it, which comes first then. */
    private static final String TRANSITION = CONV
            + ", {'type': 'batch_norm'}, {'type': 'relu'}, {'name': 'b', 'type': 'conv2d', 'filters': 24, 'kernel': 1}, "
            + "{'name': 'p', 'type': 'avg_pool2d', 'kernel': 2}, {'type': 'conv2d', 'filters': 16, 'kernel': 1}";

    private static List<String> networks() {
        return List.of(
                // A residual that is there before, and one that is computed after the sum's other side.
                CONV + ", {'type': 'batch_norm'}, {'name': 'r', 'type': 'relu'}, "
                        + "{'name': 'b', 'type': 'conv2d', 'filters': 32, 'kernel': 3, 'padding': 1}, "
                        + "{'type': 'batch_norm'}, {'name': 's', 'type': 'add', 'from': ['batch_norm_1', 'r']}, "
                        + "{'name': 't', 'type': 'relu'}, "
                        + "{'name': 'c', 'type': 'conv2d', 'filters': 48, 'kernel': 1, 'from': 't'}, "
                        + "{'name': 'd', 'type': 'conv2d', 'filters': 48, 'kernel': 3, 'padding': 1, 'from': 't'}, "
                        + "{'type': 'add', 'from': ['c', 'd']}, {'type': 'relu6'}",
                TRANSITION,
                // Concatenated twice: in one place it is written, to the other it is copied.
                CONV + ", {'name': 'b', 'type': 'conv2d', 'filters': 16, 'kernel': 1, 'from': 'a'}, "
                        + "{'name': 'x', 'type': 'concat', 'from': ['a', 'b']}, "
                        + "{'name': 'y', 'type': 'concat', 'from': ['b', 'x', 'a']}, "
                        + "{'type': 'conv2d', 'filters': 16, 'kernel': 3, 'padding': 1}",
                // Squeeze and excitation.
                CONV + ", {'name': 'g', 'type': 'global_avg_pool', 'keepDimensions': true}, "
                        + "{'type': 'conv2d', 'filters': 8, 'kernel': 1}, {'type': 'silu'}, "
                        + "{'type': 'conv2d', 'filters': 32, 'kernel': 1}, {'name': 'f', 'type': 'hard_sigmoid'}, "
                        + "{'type': 'multiply', 'from': ['a', 'f']}, {'type': 'max_pool2d', 'kernel': 3, 'padding': 1}");
    }

    static Stream<Arguments> networksAndLanes() {
        return networks().stream()
                .flatMap(layers -> Stream.of(4, 8, 16)
                        .filter(lanes -> lanes <= VectorSupport.current().lanes())
                        .map(lanes -> Arguments.of(layers, lanes)));
    }

    private static Network network(String layers) {
        return Networks.of("[18, 18, 5]", layers);
    }

    @ParameterizedTest
    @MethodSource("networksAndLanes")
    void areWhatTheReferenceGives(String layers, int lanes) throws UnsupportedNetworkException {
        for (Access access : Access.values()) {
            GraphCheck.check(JavaEngines.blocked(lanes, access), layers, network(layers), lanes);
        }
    }

    /** A quarter of the pixels is left to convolve: three quarters of its work are saved. */
    @Test
    void anAverageBeforeAConvolutionSavesItsWork() throws UnsupportedNetworkException {
        int lanes = VectorSupport.current().lanes();
        assumeThat(lanes).isGreaterThanOrEqualTo(4);
        assertThat(savedFlops(lanes, TRANSITION)).isGreaterThan(2L * 18 * 18 * 32 * 24 * 3 / 4);
    }

    private static long savedFlops(int lanes, String layers) throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = JavaEngines.blocked(lanes, Access.RAW)
                        .prepare(Networks.assignment(network(layers), 1, Precision.FLOAT32, arena))) {
            return prepared.savedFlops();
        }
    }

    /** Whichever algorithm turns out to be the fastest. */
    @Test
    void networksWhoseAlgorithmsWereTimedAreWhatTheReferenceGives() throws UnsupportedNetworkException {
        int lanes = VectorSupport.current().lanes();
        assumeThat(lanes).isGreaterThanOrEqualTo(4);
        JavaEngine engine = new JavaEngine(
                List.of(), JavaEngine.WORKSPACE_BYTES, Duration.ofMillis(200), OptionalInt.of(lanes), Access.RAW, 1);
        for (String layers : networks()) {
            GraphCheck.check(engine, layers, network(layers), 1);
        }
    }

    /** Also where it was found before that another one is faster. */
    @Test
    void aForcedAlgorithmIsTheOneThatComputes() throws UnsupportedNetworkException {
        int lanes = VectorSupport.current().lanes();
        assumeThat(lanes).isGreaterThanOrEqualTo(4);
        JavaEngine engine = new JavaEngine(
                List.of(), JavaEngine.WORKSPACE_BYTES, Duration.ofMillis(200), OptionalInt.of(lanes), Access.RAW, 1);
        Network network = Networks.of("[16, 16, 32]", CONV);
        for (String algorithm : new String[] {"direct", "winograd-2x2-3x3", "winograd-4x4-3x3", "direct"}) {
            try (Arena arena = Arena.ofShared()) {
                Assignment chosen = Networks.assignment(network, 1, Precision.FLOAT32, arena);
                Assignment forced = new Assignment(
                        network, chosen.weights(), chosen.inputs(), 1, Precision.FLOAT32, Set.of(), algorithm);
                try (PreparedNetwork prepared = engine.prepare(forced)) {
                    // Of Winograd's, the tiles that came of it stand there.
                    assertThat(prepared.kernel()).startsWith(algorithm.equals("direct") ? algorithm : "winograd-");
                }
            }
        }
    }
}
