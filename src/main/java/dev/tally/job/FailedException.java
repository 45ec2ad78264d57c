package dev.tally.job;

import org.jspecify.annotations.Nullable;

/** Something is not measured, for a reason that will not go away by trying again. */
public final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    FailedException(Failure failure) {
        this(failure, null);
    }

    FailedException(Failure failure, @Nullable Throwable cause) {
        super(failure.detail(), cause);
        this.failure = failure;
    }

    /** {@return why} */
    public Failure failure() {
        return failure;
    }
}
