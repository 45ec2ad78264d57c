package dev.tally.engine;

import dev.tally.network.Node;
import org.jspecify.annotations.Nullable;

/** An engine cannot run a network; the message says why. */
public final class UnsupportedNetworkException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Node node;

    /**
     * A reason.
     *
     * @param node the layer that it cannot run; null where it is the network as a whole
     * @param reason what is expected, and what came
     */
    public UnsupportedNetworkException(@Nullable Node node, String reason) {
        super(reason);
        this.node = node;
    }

    /** {@return the layer that the engine cannot run; null where it is the network as a whole} */
    public @Nullable Node node() {
        return node;
    }
}
