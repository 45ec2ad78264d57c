package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.job.Failure;
import dev.tally.job.Job;
import dev.tally.job.Progress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job, as it is answered. */
@Schema(name = "Job", description = "A measurement: waiting, running or finished.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobDocument(
        @Schema(description = "What it is found by: GET /v1/jobs/{id}.", requiredMode = Schema.RequiredMode.REQUIRED)
        String id,

        @Schema(description = "What is done: analysis, comparison, alternatives or layers.")
        String kind,

        @Schema(
                description =
                        "queued waits for a worker or its device, running is measured; done has its result, failed says"
                                + " why it has none, cancelled was not wanted any more.",
                allowableValues = {"queued", "running", "done", "failed", "cancelled"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        String state,

        @Schema(description = "When it was accepted.") Instant createdAt,

        @Schema(
                description =
                        "When the run began that is under way, or was the last: from then on to endedAt it had its"
                                + " device to itself.")
        @Nullable
        Instant startedAt,

        @Schema(description = "When it was finished.") @Nullable
        Instant endedAt,

        @Schema(description = "Who runs it, or ran it last: one of the workers of GET /v1/engines.") @Nullable
        String worker,

        @Schema(description = "How many jobs wait that came before it; absent unless it waits.") @Nullable
        Integer ahead,

        @Schema(description = "How far it is; absent unless it runs.") @Nullable
        ProgressDocument progress,

        @Schema(
                description =
                        "What was found so far, as result is once it is done; absent unless it runs, and until something"
                                + " is.",
                types = {})
        @Nullable
        Object partial,

        @Schema(
                description =
                        "What was found: the document that the request is answered with where it waits, of an analysis an"
                                + " Analysis, of a comparison a Comparison, of alternatives Alternatives, of layers"
                                + " MeasuredLayers; absent until it is done.",
                types = {})
        @Nullable
        Object result,

        @Schema(description = "Why it failed; absent unless it did.") @Nullable
        Problem problem) {

    /** How far a job is. */
    @Schema(name = "JobProgress", description = "How far a running job is.")
    record ProgressDocument(
            @Schema(
                    description =
                            "How many parts are measured: the network end to end is one, each of its layers by itself"
                                    + " another.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            int done,

            @Schema(description = "How many parts there are.", requiredMode = Schema.RequiredMode.REQUIRED)
            int of,

            @Schema(description = "About how long it will still take.", requiredMode = Schema.RequiredMode.REQUIRED)
            double secondsLeft) {}

    /** {@return a job without what was asked for and found} */
    static JobDocument head(Job job) {
        return of(job, null, null);
    }

    /**
     * {@return a job}
     *
     * @param ahead how many jobs wait that came before it; null where nobody counted
     * @param found what was found, all of it or so far; null where there is nothing
     */
    static JobDocument of(Job job, @Nullable Integer ahead, @Nullable Object found) {
        Progress progress = job.progress();
        Failure failure = job.failure();
        boolean finished = job.state().finished();
        return new JobDocument(
                job.id(),
                job.kind(),
                job.state().id(),
                job.createdAt(),
                job.startedAt(),
                job.endedAt(),
                job.worker(),
                ahead,
                progress == null ? null : new ProgressDocument(progress.done(), progress.of(), progress.secondsLeft()),
                finished ? null : found,
                finished ? found : null,
                failure == null ? null : JobAnswers.problem(failure, JobController.path(job.id())));
    }
}
