package dev.tally.planning.alternative;

import dev.tally.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * A design whose time is asked for.
 *
 * @param layer the layer that it is a design of
 * @param part the design by itself
 * @param original the layer as it is, with which the design takes turns; null where it is that
 */
public record Contender(Node layer, Part part, @Nullable Part original) {
    /** {@return what those have in common that do the same, in turns with the same} */
    public String key() {
        String hash = part.network().hash();
        return original == null ? hash : hash + " " + original.network().hash();
    }
}
