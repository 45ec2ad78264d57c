package dev.tally.planning;

import dev.tally.description.DescriptionError;
import org.jspecify.annotations.Nullable;

/** A baseline whose counts do not fit 64 bits. It carries no stack trace: it is an answer to a user. */
public final class UncountableBaselineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DescriptionError error;

    UncountableBaselineException(DescriptionError error) {
        super(error.pointer() + ": " + error.detail());
        this.error = error;
    }

    /** {@return the layer of the baseline at which a count passed 2^63-1, and where it stands in the document} */
    public DescriptionError error() {
        return error;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // no trace to guard
    public @Nullable Throwable fillInStackTrace() {
        return this;
    }
}
