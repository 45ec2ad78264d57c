package dev.tally.web;

import dev.tally.job.Failure;
import dev.tally.job.Job;
import dev.tally.job.JobState;
import dev.tally.job.Jobs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From what is stored of a job, whatever its kind, to what is answered. */
@Component
final class JobAnswers {
    private final Jobs jobs;
    private final Map<String, StoredAnswers> kinds;

    JobAnswers(Jobs jobs, List<StoredAnswers> kinds) {
        this.jobs = jobs;
        this.kinds = kinds.stream().collect(Collectors.toMap(StoredAnswers::kind, Function.identity()));
    }

    /** {@return the problem that a failure is} Each kind of failure is a kind of problem, of the same name. */
    static Problem problem(Failure failure, String instance) {
        return Problem.of(
                ProblemType.valueOf(failure.kind().name()),
                failure.detail(),
                instance,
                failure.errors().stream().map(Problem.Finding::of).toList());
    }

    /** {@return the job with all that is known of it} */
    JobDocument document(Job job, Detail detail) {
        JobAnswer found = found(job, detail);
        Integer ahead = job.state() == JobState.QUEUED ? jobs.ahead(job) : null;
        return JobDocument.of(job, ahead, found == null ? null : found.document());
    }

    /**
     * {@return what a job found}
     *
     * @throws dev.tally.job.FailedException if it failed
     * @throws RefusedException if it was cancelled, or is not done yet
     */
    JobAnswer result(Job job, Detail detail) {
        return switch (job.state()) {
            case DONE -> {
                JobAnswer found = found(job, detail);
                if (found == null) {
                    throw RefusedException.of(ProblemType.NOT_FOUND, unknownKind(job), List.of());
                }
                yield found;
            }
            case FAILED ->
                throw Objects.requireNonNull(job.failure(), "a job that failed says why")
                        .exception();
            case CANCELLED ->
                throw RefusedException.of(
                        ProblemType.JOB_CANCELLED, "job " + job.id() + " was cancelled and has no result", List.of());
            case QUEUED, RUNNING ->
                throw RefusedException.later(ProblemType.JOB_NOT_DONE, notDone(job), JobController.retryAfter(job));
        };
    }

    private static String notDone(Job job) {
        return "job " + job.id() + " has no result yet: it is " + job.state().id()
                + (job.progress() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %d of %d parts are measured, about %.1f s left",
                                job.progress().done(),
                                job.progress().of(),
                                job.progress().secondsLeft()));
    }

    private static String unknownKind(Job job) {
        return "job " + job.id() + " is of the kind " + job.kind()
                + ", which this version does not know: expected a newer one to be asked";
    }

    private @Nullable JobAnswer found(Job job, Detail detail) {
        String result = job.result();
        StoredAnswers kind = kinds.get(job.kind());
        return result == null || kind == null ? null : kind.of(job.document(), result, detail);
    }
}
