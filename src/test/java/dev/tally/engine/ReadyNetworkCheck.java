package dev.tally.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.ReadyNetworks;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.engine.reference.Values;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Objects;

/** Whether an engine gives what the reference does for a ready network, as a whole. */
public final class ReadyNetworkCheck {
    private static final boolean FULL_SIZE = Boolean.getBoolean("tally.test.fullSize");

    /** What five halvings bring down to one; some networks need more. */
    private static final int SMALL = 32;

    private static final Map<String, Integer> LARGER =
            Map.of("googlenet", 64, "alexnet", 64, "inception-v3", 75, "unet", 188);

    private ReadyNetworkCheck() {}

    /**
     * Checks a network.
     *
     * @throws UnsupportedNetworkException if the engine cannot run it
     */
    public static void check(Engine engine, String name) throws UnsupportedNetworkException {
        Network network = network(name);
        try (Arena arena = Arena.ofShared()) {
            Assignment assignment = Networks.assignment(network, 2, Precision.FLOAT32, arena);
            Map<Source, Tensor> computed;
            try (PreparedNetwork prepared = engine.prepare(assignment)) {
                computed = prepared.read(network.outputs(), arena);
            }
            try (PreparedNetwork reference = new ReferenceEngine().prepare(assignment)) {
                Map<Source, Tensor> expected = reference.read(network.outputs(), arena);
                assertThat(network.outputs()).isNotEmpty().allSatisfy(output -> {
                    Values values = Values.of(LayerErrors.tensor(expected, output));
                    double error = LayerErrors.of(values, LayerErrors.tensor(computed, output), 0);
                    if (FULL_SIZE) {
                        System.out.printf("%s: largest error of %s %.1e%n", name, output, error);
                    }
                    assertThat(error).isLessThan(1e-4);
                });
            }
        }
    }

    private static Network network(String name) {
        boolean sized = Objects.requireNonNull(ReadyNetworks.find(name))
                .json()
                .path("parameters")
                .has("resolution");
        return Networks.of(
                FULL_SIZE || !sized
                        ? "{'ready': '" + name + "'}"
                        : "{'ready': '%s', 'parameters': {'resolution': %d}}"
                                .formatted(name, LARGER.getOrDefault(name, SMALL)));
    }
}
