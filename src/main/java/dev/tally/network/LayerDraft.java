package dev.tally.network;

import java.util.List;

/**
 * A layer that is not yet part of a network.
 *
 * @param name its name, unique among layers and inputs
 * @param type the name of its type, as people write it
 * @param from the names of what it takes, in order
 */
public record LayerDraft(String name, String type, Layer layer, List<String> from) {
    public LayerDraft {
        from = List.copyOf(from);
    }
}
