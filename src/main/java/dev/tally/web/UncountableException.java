package dev.tally.web;

import dev.tally.description.DescriptionError;

/** A network whose counts do not fit 64 bits. */
final class UncountableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DescriptionError error;

    UncountableException(DescriptionError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    DescriptionError error() {
        return error;
    }
}
