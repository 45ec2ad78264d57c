package dev.tally.job;

/** Nobody measures just now; somebody may the next moment. */
public final class NoWorkerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoWorkerException() {
        super("no worker is known that measures: expected at least one process with the role worker that was heard of"
                + " within the last minute");
    }
}
