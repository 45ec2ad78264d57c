package dev.tally.description;

import org.jspecify.annotations.Nullable;

/** A value that is not what its place asks for. Caught where the next value can still be looked at. */
final class InvalidValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Pointer pointer;
    private final String detail;

    InvalidValueException(Pointer pointer, String detail) {
        super(detail);
        this.pointer = pointer;
        this.detail = detail;
    }

    Pointer pointer() {
        return pointer;
    }

    String detail() {
        return detail;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // no trace to guard
    public @Nullable Throwable fillInStackTrace() {
        return this;
    }
}
