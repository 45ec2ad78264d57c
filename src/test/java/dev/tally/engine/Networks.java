package dev.tally.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import java.lang.foreign.Arena;
import java.util.Set;

/** Networks as tests write them, and what engines are asked for with them. */
public final class Networks {
    private Networks() {}

    /** {@return the network of a description, single quotes standing for double ones} */
    public static Network of(String json) {
        return DescriptionReader.read(
                        DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8)))
                .network();
    }

    /** {@return a network of one input and these layers, in JSON} */
    public static Network of(String input, String layers) {
        return of("{'input': " + input + ", 'layers': [" + layers + "]}");
    }

    /** {@return the layer with this name} */
    public static Node layer(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@return a network with seeded weights and inputs, in float32 on one thread} */
    public static Assignment assignment(Network network, Arena arena) {
        return assignment(network, 1, Precision.FLOAT32, arena);
    }

    /** {@return a network with seeded weights and inputs} */
    public static Assignment assignment(Network network, int threads, Precision precision, Arena arena) {
        return new Assignment(
                network,
                new SeededWeights(SeededWeights.SEED),
                SeededInputs.of(network, SeededWeights.SEED, arena),
                threads,
                precision,
                Set.of());
    }

    /** {@return a network with seeded inputs, in float32 on one thread, and weights that nobody may ask for} */
    public static Assignment assignmentWithoutWeights(Network network, Arena arena) {
        return new Assignment(
                network,
                (node, slot) -> {
                    throw new AssertionError("asked for " + slot + " of " + node);
                },
                assignment(network, arena).inputs(),
                1,
                Precision.FLOAT32,
                Set.of());
    }
}
