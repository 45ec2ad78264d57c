package dev.tally.web;

/** One batch more than the service takes at once. */
final class TooManyBatchesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyBatchesException(int atOnce) {
        super(
                "expected at most " + atOnce + " batches at once; try again soon, or post single requests",
                null,
                false,
                false);
    }
}
