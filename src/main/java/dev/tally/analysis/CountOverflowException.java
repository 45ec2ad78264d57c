package dev.tally.analysis;

import dev.tally.network.Node;

/** A count that is over 2^63-1, and the layer at which it passed that. */
public final class CountOverflowException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final transient Node node;

    CountOverflowException(Node node, String message) {
        super(message);
        this.node = node;
    }

    /** {@return the layer at which the count passed 2^63-1} */
    public Node node() {
        return node;
    }

    /** {@return the message, never null} */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
