package dev.tally.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as it was stored.
 *
 * @param id what it is found by
 * @param kind what is done: the kind of its {@link Work}
 * @param request what was asked for, as JSON
 * @param state where it is in its life
 * @param attempt counts its runs; only the latest may write to it
 * @param progress how far it is; null unless it runs
 * @param result what was found, as the JSON of its kind; of a running one what was found so far; null where there is
 *     nothing yet
 * @param failure why it failed; null unless it did
 * @param worker who runs it, or ran it last; null where nobody did
 * @param createdAt when it was accepted
 * @param startedAt when the run began that is under way, or was the last; from then on it had its device
 * @param endedAt when it was finished
 */
public record Job(
        String id,
        String kind,
        String request,
        JobState state,
        int attempt,
        @Nullable Progress progress,
        @Nullable String result,
        @Nullable Failure failure,
        @Nullable String worker,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /** {@return what was asked for, read as it was when it came} */
    public JsonNode document() {
        return Json.request(request);
    }
}
