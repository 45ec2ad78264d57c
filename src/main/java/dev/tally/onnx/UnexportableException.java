package dev.tally.onnx;

import dev.tally.network.Node;
import org.jspecify.annotations.Nullable;

/** A network has no ONNX model; the message says why. */
public final class UnexportableException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Node node;

    /**
     * A reason.
     *
     * @param node the layer that cannot be written; null where it is the network as a whole
     * @param reason what is expected, and what came
     */
    public UnexportableException(@Nullable Node node, String reason) {
        super(reason);
        this.node = node;
    }

    /** {@return the layer that cannot be written; null where it is the network as a whole} */
    public @Nullable Node node() {
        return node;
    }
}
