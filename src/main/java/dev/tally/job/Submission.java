package dev.tally.job;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to become a job.
 *
 * @param kind the kind of its {@link Work}
 * @param request what is asked for
 * @param route who can do it
 * @param idempotencyKey what finds the job again when the request is sent again; null where the client gave none
 */
public record Submission(
        String kind,
        JsonNode request,
        Route route,
        @Nullable String idempotencyKey) {}
