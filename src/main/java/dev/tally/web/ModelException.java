package dev.tally.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network that is not answered as a model: what kind of problem that is, and its findings. */
final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Duration SOON = Duration.ofSeconds(5);

    private final transient ProblemType type;
    private final transient List<Problem.Finding> findings;
    private final transient @Nullable Duration retryAfter;

    private ModelException(
            ProblemType type, String detail, List<Problem.Finding> findings, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.findings = findings;
        this.retryAfter = retryAfter;
    }

    static ModelException of(ProblemType type, String detail, List<Problem.Finding> findings) {
        return new ModelException(type, detail, findings, null);
    }

    /** One model more than the service writes at once. */
    static ModelException tooMany(int atOnce) {
        return new ModelException(
                ProblemType.TOO_MANY_MODELS,
                atOnce + " models are being sent already, as many as there may be at once; try again soon",
                List.of(),
                SOON);
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
