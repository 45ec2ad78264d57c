package dev.tally.description;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.Totals;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;

/** Descriptions as tests write them: JSON with single quotes for double ones. */
final class Descriptions {
    private Descriptions() {}

    static Described described(String json) {
        return DescriptionReader.read(
                DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8)));
    }

    static Network network(String json) {
        return described(json).network();
    }

    static Totals totals(String json) {
        return Analysis.of(network(json)).totals();
    }

    /** A network of 8×8×4 with these layers, and whatever else stands before them. */
    static String layers(String layers) {
        return "{'input': [8, 8, 4], 'layers': [" + layers + "]}";
    }

    static List<DescriptionError> errors(String json) {
        return catchThrowableOfType(InvalidDescriptionException.class, () -> described(json))
                .errors();
    }

    /** The detail of the only error, which stands at a place and concerns a layer. */
    static AbstractStringAssert<?> assertError(String json, String pointer, String layer) {
        List<DescriptionError> errors = errors(json);
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().pointer()).isEqualTo(pointer);
        assertThat(errors.getFirst().layer()).isEqualTo(layer);
        return assertThat(errors.getFirst().detail());
    }

    static List<String> names(Network network) {
        return network.nodes().stream().map(Node::name).toList();
    }

    static Node node(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<String> takes(Network network, String name) {
        return node(network, name).from().stream().map(Source::name).toList();
    }
}
