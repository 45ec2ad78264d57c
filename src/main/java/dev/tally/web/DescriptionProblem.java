package dev.tally.web;

import dev.tally.description.InvalidDescriptionException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** What can be wrong with a description, as a problem: the same for a single request and for a line of a batch. */
final class DescriptionProblem {
    /** What Jackson adds of itself: where the object began, and the names of its settings. */
    private static final String JACKSONS_OWN =
            " \\(start marker at .*|( for `ObjectNode`)?: not allowed (when|as per) .*|, from `[^`]*`| \\(bound as [^)]*\\)"
                    + "|: enable `JsonReadFeature\\.[^`]*` to allow| \\(not recognized as one since Feature [^)]*\\)";

    private DescriptionProblem() {}

    /** {@return the problem that an exception stands for; null if it is none of the description} */
    static @Nullable Problem of(RuntimeException exception, String instance) {
        return switch (exception) {
            case InvalidDescriptionException e -> invalid(e, instance);
            case UncountableException e ->
                Problem.of(
                        ProblemType.COUNT_OVERFLOW,
                        e.error().detail(),
                        instance,
                        List.of(Problem.Finding.of(e.error())));
            case JacksonException e -> malformed(e, instance);
            case BodyTooLargeException e ->
                Problem.of(ProblemType.BODY_TOO_LARGE, String.valueOf(e.getMessage()), instance, List.of());
            default -> null;
        };
    }

    private static Problem invalid(InvalidDescriptionException e, String instance) {
        List<Problem.Finding> errors =
                e.errors().stream().map(Problem.Finding::of).toList();
        String detail = errors.size() == 1
                ? errors.getFirst().detail()
                : errors.size() + " errors; the first: " + errors.getFirst().detail();
        return Problem.of(ProblemType.INVALID_NETWORK, detail, instance, errors);
    }

    private static Problem malformed(JacksonException e, String instance) {
        TokenStreamLocation location = e.getLocation();
        String place = location == null || location.getLineNr() < 1
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
        String message =
                Objects.requireNonNullElse(e.getOriginalMessage(), "not JSON").replaceAll(JACKSONS_OWN, "");
        return Problem.of(ProblemType.MALFORMED_JSON, place + Problem.shorten(message), instance, List.of());
    }
}
