package dev.tally.description;

import dev.tally.network.Network;
import dev.tally.network.Node;

/**
 * A network and where its layers were written.
 *
 * @param network the network
 * @param origins the places of the layers in the document
 */
public record Described(Network network, Origins origins) {
    /** Finds the place in a document at which a layer was written. */
    @FunctionalInterface
    public interface Origins {
        /** {@return the JSON pointer of the layer} */
        String pointer(Node node);
    }
}
