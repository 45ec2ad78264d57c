package dev.tally.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The networks that come with Tally, one resource each. */
public final class ReadyNetworks {
    private static final List<String> NAMES = List.of(
            "lecture-direct",
            "lecture-bottleneck",
            "inception-3a",
            "googlenet",
            "googlenet-torchvision",
            "alexnet",
            "vgg-16",
            "resnet-18",
            "resnet-50",
            "resnet-50-v1");

    private static final Map<String, ReadyNetwork> NETWORKS = load();

    private ReadyNetworks() {}

    /** {@return all of them, the simplest first} */
    public static Collection<ReadyNetwork> all() {
        return NETWORKS.values();
    }

    /** {@return the network with this name, or null} */
    public static @Nullable ReadyNetwork find(String name) {
        return NETWORKS.get(name);
    }

    /** {@return their names, the simplest first} */
    public static Set<String> names() {
        return NETWORKS.keySet();
    }

    private static Map<String, ReadyNetwork> load() {
        Map<String, ReadyNetwork> networks = new LinkedHashMap<>();
        for (String name : NAMES) {
            try (InputStream json = ReadyNetworks.class.getResourceAsStream("/dev/tally/networks/" + name + ".json")) {
                if (json == null) {
                    throw new IllegalStateException("the resource of the ready network " + name + " is missing");
                }
                networks.put(name, new ReadyNetwork(name, DescriptionJson.read(json.readAllBytes())));
            } catch (IOException e) {
                throw new UncheckedIOException("the resource of the ready network " + name + " cannot be read", e);
            }
        }
        return networks;
    }
}
