package dev.tally.web;

import org.springframework.util.unit.DataSize;

/** A request body, or a line of one, that is longer than the limit. */
final class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what what is too long: the body, or a line of it */
    BodyTooLargeException(String what, DataSize limit) {
        super(what + " may have at most " + limit.toBytes() + " bytes", null, false, false);
    }
}
