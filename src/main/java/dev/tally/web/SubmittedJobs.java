package dev.tally.web;

import dev.tally.job.Job;
import dev.tally.job.Jobs;
import dev.tally.job.Submission;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Answers requests that measure: with the result where it is there before their wait is over, else with the job. */
@Component
final class SubmittedJobs {
    static final String PREFERENCE_APPLIED = "Preference-Applied";

    private final Jobs jobs;
    private final JobWaits waits;
    private final JobAnswers answers;

    SubmittedJobs(Jobs jobs, JobWaits waits, JobAnswers answers) {
        this.jobs = jobs;
        this.waits = waits;
        this.answers = answers;
    }

    /**
     * Stores a job, and waits for it for a while.
     *
     * @param waiting for how long
     * @param detail how much of the result is answered
     * @param begin the status and headers of a result
     * @return the answer, once there is one
     */
    DeferredResult<ResponseEntity<?>> answer(
            Submission submission,
            Waiting waiting,
            Detail detail,
            Function<JobAnswer, ResponseEntity.BodyBuilder> begin) {
        String id = jobs.submit(submission);
        return waits.answer(
                id,
                waiting.duration(),
                job -> job.state().finished()
                        ? result(job, answers.result(job, detail), waiting, begin)
                        : accepted(job, waiting));
    }

    private static ResponseEntity<?> result(
            Job job, JobAnswer answer, Waiting waiting, Function<JobAnswer, ResponseEntity.BodyBuilder> begin) {
        ResponseEntity.BodyBuilder builder =
                begin.apply(answer).header(HttpHeaders.CONTENT_LOCATION, JobController.path(job.id()));
        return applied(builder, waiting).body(answer);
    }

    private static ResponseEntity<?> accepted(Job job, Waiting waiting) {
        ResponseEntity.BodyBuilder builder = ResponseEntity.accepted()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LOCATION, JobController.path(job.id()))
                .header(HttpHeaders.RETRY_AFTER, JobController.seconds(JobController.retryAfter(job)));
        // Counting who waits before it would cost each submission more the longer the queue is.
        return applied(builder, waiting).body(JobDocument.head(job));
    }

    private static ResponseEntity.BodyBuilder applied(ResponseEntity.BodyBuilder builder, Waiting waiting) {
        return waiting.asked() ? builder.header(PREFERENCE_APPLIED, waiting.applied()) : builder;
    }
}
