package dev.tally.web;

/** One large network more than the service counts at once. */
final class TooManyLargeAnalysesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLargeAnalysesException(int layers) {
        super(
                "the network has " + layers + " layers, and as many of more than " + LargeAnalyses.SMALL_LAYERS
                        + " as there is memory for are being answered; try again soon",
                null,
                false,
                false);
    }
}
