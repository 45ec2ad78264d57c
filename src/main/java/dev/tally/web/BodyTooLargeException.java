package dev.tally.web;

import org.springframework.util.unit.DataSize;

/** A request body that is longer than the limit. */
final class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(DataSize limit) {
        super("the body may have at most " + limit.toBytes() + " bytes", null, false, false);
    }
}
