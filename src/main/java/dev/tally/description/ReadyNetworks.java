package dev.tally.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The networks that come with Tally, as {@code catalogue.json} lists them: each a description in a resource of its
 * name, or a variant of another, with values of its own for that one's parameters.
 */
public final class ReadyNetworks {
    private static final String VARIANT_OF = "variantOf";

    private static final Map<String, ReadyNetwork> NETWORKS = load();

    private ReadyNetworks() {}

    /** {@return all of them, the simplest first, families together} */
    public static Collection<ReadyNetwork> all() {
        return NETWORKS.values();
    }

    /** {@return the network with this name, or null} */
    public static @Nullable ReadyNetwork find(String name) {
        return NETWORKS.get(name);
    }

    /** {@return their names, in the order of {@link #all}} */
    public static Set<String> names() {
        return NETWORKS.keySet();
    }

    private static Map<String, ReadyNetwork> load() {
        Map<String, ReadyNetwork> networks = new LinkedHashMap<>();
        for (JsonNode entry : resource("catalogue")) {
            String name = entry.path(Header.NAME).asString();
            JsonNode base = entry.path(VARIANT_OF);
            networks.put(
                    name,
                    new ReadyNetwork(
                            name, base.isMissingNode() ? resource(name) : variant(entry, resource(base.asString()))));
        }
        return networks;
    }

    /** The description of a network, changed to that of its variant. */
    private static JsonNode variant(JsonNode entry, JsonNode description) {
        ObjectNode variant = (ObjectNode) description;
        variant.set(Header.NAME, entry.path(Header.NAME));
        variant.set(Header.DESCRIPTION, entry.path(Header.DESCRIPTION));
        ObjectNode parameters = (ObjectNode) variant.path(Header.PARAMETERS);
        entry.path(Header.PARAMETERS).properties().forEach(parameter -> {
            if (!parameters.has(parameter.getKey())) {
                throw new IllegalStateException("the ready network " + entry.path(Header.NAME) + " sets \""
                        + parameter.getKey() + "\", which " + entry.path(VARIANT_OF) + " does not have");
            }
            parameters.set(parameter.getKey(), parameter.getValue());
        });
        return variant;
    }

    private static JsonNode resource(String name) {
        try (InputStream json = ReadyNetworks.class.getResourceAsStream("/dev/tally/networks/" + name + ".json")) {
            if (json == null) {
                throw new IllegalStateException("the resource " + name + ".json of the ready networks is missing");
            }
            return DescriptionJson.read(json.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + ".json of the ready networks cannot be read", e);
        }
    }
}
