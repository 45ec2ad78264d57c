package dev.tally.web;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header by which a client finds the job of a request that it sends again. */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";

    /** What fits a column, and can be read in a log. */
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /**
     * {@return the key; null where there is none}
     *
     * @throws RefusedException if it is none that can be kept
     */
    static @Nullable String of(@Nullable String header) {
        if (header != null && !KEY.matcher(header).matches()) {
            throw RefusedException.of(
                    ProblemType.BAD_REQUEST,
                    "the header " + HEADER + ": expected 1 to 255 printable ASCII characters without spaces, got \""
                            + Problem.shorten(header) + "\"",
                    List.of());
        }
        return header;
    }
}
