package dev.tally.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.ReadyNetworks;
import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.onnxruntime.OnnxRuntime;
import dev.tally.engine.onnxruntime.OnnxRuntimeCpu;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.network.Subnetworks;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime, each step by itself. */
class VerificationTest {
    private static final Engine ENGINE = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null));

    static Set<String> readyNetworks() {
        return ReadyNetworks.names();
    }

    @Test
    void everyStepOfASmallNetworkIsWithinRounding() throws UnsupportedNetworkException {
        Network network = Networks.of("{'ready': 'squeezenet-1.1', 'parameters': {'resolution': 32}}");

        assertThat(largestError(network)).isPositive().isLessThan(1e-5);
    }

    @EnabledIfSystemProperty(
            named = "tally.test.fullSize",
            matches = "true",
            disabledReason = "the steps of all ready networks take a minute: -Dtally.test.fullSize=true")
    @ParameterizedTest
    @MethodSource("readyNetworks")
    void everyStepOfEveryReadyNetworkIsWithinATenThousandth(String name) throws UnsupportedNetworkException {
        double error = largestError(Networks.of("{'ready': '" + name + "'}"));

        assertThat(error).isLessThan(1e-4);
    }

    private static double largestError(Network network) throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared()) {
            Assignment assignment = Networks.assignment(network, 2, Precision.FLOAT32, arena);
            Map<Source, Tensor> outputs;
            try (PreparedNetwork prepared = ENGINE.prepare(assignment)) {
                outputs = prepared.read(network.outputs(), arena);
            }
            Deadline deadline = Deadline.in(Duration.ofMinutes(10).toNanos());
            return Verification.ofSteps(ENGINE, assignment, outputs, Subnetworks.of(network), deadline);
        }
    }
}
