package dev.tally.planning.alternative;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.network.Network;

/** Alternatives of networks as tests write them: JSON with single quotes for double ones. */
final class Described {
    private Described() {}

    static Network network(String json) {
        return DescriptionReader.read(
                        DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8)))
                .network();
    }

    /** The alternatives of the network's first layer. */
    static LayerAlternatives first(String json, Wish wish) {
        Network network = network(json);
        return new Alternatives(Analysis.of(network)).of(network.nodes().getFirst(), wish);
    }

    /** Why a kind cannot take the place of the network's first layer. */
    static String refusal(String json, Kind kind) {
        return first(json, Wish.ALL).refusals().stream()
                .filter(refusal -> refusal.kind() == kind)
                .findFirst()
                .orElseThrow()
                .reason();
    }
}
