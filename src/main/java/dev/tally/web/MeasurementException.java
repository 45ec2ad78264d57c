package dev.tally.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A measurement that is not made, or did not come to its end: what kind of problem that is, and its findings. */
final class MeasurementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient List<Problem.Finding> findings;
    private final transient @Nullable Duration retryAfter;

    private MeasurementException(
            ProblemType type, String detail, List<Problem.Finding> findings, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.findings = findings;
        this.retryAfter = retryAfter;
    }

    static MeasurementException of(ProblemType type, String detail, List<Problem.Finding> findings) {
        return new MeasurementException(type, detail, findings, null);
    }

    static MeasurementException later(ProblemType type, String detail, Duration retryAfter) {
        return new MeasurementException(type, detail, List.of(), retryAfter);
    }

    Problem problem(String instance) {
        return Problem.of(type, String.valueOf(getMessage()), instance, findings);
    }

    /** {@return when to try again; null where that would not help} */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
