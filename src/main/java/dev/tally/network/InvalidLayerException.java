package dev.tally.network;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A rule that a layer breaks, by itself or on the shapes it was given. It carries no stack trace: it is an answer to a
 * user, thrown in large numbers on bad input.
 */
public final class InvalidLayerException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String attribute;

    /**
     * @param attribute the attribute at fault by its JSON name, or empty where it is the layer as a whole
     * @param message what was expected and what came
     */
    public InvalidLayerException(String attribute, String message) {
        super(message);
        this.attribute = attribute;
    }

    /** {@return the attribute at fault by its JSON name, or empty} */
    public String attribute() {
        return attribute;
    }

    /** {@return the message, never null} */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // no trace to guard
    public @Nullable Throwable fillInStackTrace() {
        return this;
    }

    static void require(boolean condition, String attribute, String expected, Object actual) {
        if (!condition) {
            throw new InvalidLayerException(attribute, "expected " + expected + ", got " + actual);
        }
    }

    /** The message of this one is put together only where the condition fails: doing so costs more than the check. */
    static void require(boolean condition, String attribute, Supplier<String> expected, Object actual) {
        if (!condition) {
            require(false, attribute, expected.get(), actual);
        }
    }

    static void requirePositive(String attribute, int value) {
        require(value >= 1, attribute, "an integer of at least 1", value);
    }
}
