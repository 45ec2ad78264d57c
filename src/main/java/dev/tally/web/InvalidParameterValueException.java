package dev.tally.web;

/** A query parameter that has a value which it cannot have. */
final class InvalidParameterValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Such a value.
     *
     * @param expected what it can have, in words
     */
    InvalidParameterValueException(String parameter, String expected, String got) {
        super(
                "the query parameter \"" + parameter + "\": expected " + expected + ", got \"" + Problem.shorten(got)
                        + "\"",
                null,
                false,
                false);
    }
}
