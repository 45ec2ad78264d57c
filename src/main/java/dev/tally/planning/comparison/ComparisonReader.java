package dev.tally.planning.comparison;

import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import dev.tally.network.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the networks that are to be compared: {@code {"networks": [{"ready": "googlenet"}, …]}}. */
public final class ComparisonReader {
    /** The property under which they stand. */
    public static final String NETWORKS = "networks";

    /** How many there may be. */
    public static final int FEWEST = 2;

    public static final int MOST = 32;

    /** As many as one network may have: together they take no more memory than that one. */
    public static final int MOST_LAYERS = Network.MAX_LAYERS;

    private static final Map<String, String> ALIASES =
            Map.of("network", NETWORKS, "models", NETWORKS, "designs", NETWORKS);

    private ComparisonReader() {}

    /** {@return where the network with this number stands} */
    public static Pointer at(int index) {
        return Pointer.ROOT.at(NETWORKS).at(index);
    }

    /**
     * {@return the networks of a document, in its order; without those that are at fault}
     *
     * @param beside the properties that may stand beside them; whoever allows them reads them
     * @param errors gets what is at fault
     */
    public static List<Described> read(JsonNode document, Collection<String> beside, Errors errors) {
        if (!document.isObject()) {
            errors.add(
                    Pointer.ROOT,
                    "",
                    "expected what to compare, an object with \"" + NETWORKS + "\", got " + Quoted.of(document));
            return List.of();
        }
        List<String> known = new ArrayList<>(List.of(NETWORKS));
        known.addAll(beside);
        Properties.check(document, Pointer.ROOT, "", "a comparison", known, ALIASES, errors);
        JsonNode list = document.path(NETWORKS);
        if (!list.isArray() || list.size() < FEWEST || list.size() > MOST) {
            errors.add(
                    list.isMissingNode() ? Pointer.ROOT : Pointer.ROOT.at(NETWORKS),
                    "",
                    "expected \"" + NETWORKS + "\", a list of " + FEWEST + " to " + MOST + " networks, got "
                            + (list.isArray() ? list.size() : Quoted.of(list)));
            return List.of();
        }
        return read(list, errors);
    }

    private static List<Described> read(JsonNode list, Errors errors) {
        List<Described> networks = new ArrayList<>();
        int layers = 0;
        for (int i = 0; i < list.size(); i++) {
            JsonNode network = list.get(i);
            Described described = errors.orNull(at(i), () -> DescriptionReader.read(network));
            if (described != null) {
                layers += described.network().nodes().size();
                if (layers > MOST_LAYERS) {
                    errors.add(
                            at(i),
                            "",
                            "expected networks of at most " + MOST_LAYERS + " layers together, got more with this one");
                    return networks;
                }
                networks.add(described);
            }
        }
        return networks;
    }
}
