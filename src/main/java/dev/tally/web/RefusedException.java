package dev.tally.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is understood and not done, or did not come to its end: a measurement that is not made, a model that is not
 * written. What kind of problem that is, and its findings.
 */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient List<Problem.Finding> findings;
    private final transient @Nullable Duration retryAfter;

    private RefusedException(
            ProblemType type, String detail, List<Problem.Finding> findings, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.findings = findings;
        this.retryAfter = retryAfter;
    }

    static RefusedException of(ProblemType type, String detail, List<Problem.Finding> findings) {
        return new RefusedException(type, detail, findings, null);
    }

    static RefusedException later(ProblemType type, String detail, Duration retryAfter) {
        return new RefusedException(type, detail, List.of(), retryAfter);
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
