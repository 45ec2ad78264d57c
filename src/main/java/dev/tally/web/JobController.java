package dev.tally.web;

import dev.tally.job.Job;
import dev.tally.job.JobState;
import dev.tally.job.Jobs;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The measurements that were accepted: how far they are, what they found, and no more of them. */
@RestController
@Tag(name = "Jobs", description = "Measurements, from when they are accepted on.")
class JobController {
    private static final String PATH = "/v1/jobs";
    private static final int MOST = 500;

    /** What ids look like; anything else is no job's, and no affair of the database's. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** When to look again at a job of which nothing better is known. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final Jobs jobs;
    private final JobAnswers answers;
    private final JobEvents events;

    JobController(Jobs jobs, JobAnswers answers, JobEvents events) {
        this.jobs = jobs;
        this.answers = answers;
        this.events = events;
    }

    static String path(String id) {
        return PATH + "/" + id;
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** {@return when it makes sense to ask for a job again} */
    static Duration retryAfter(Job job) {
        if (job.progress() == null) {
            return SOON;
        }
        Duration left = Duration.ofSeconds((long) Math.ceil(job.progress().secondsLeft()));
        return left.compareTo(AT_MOST) > 0 ? AT_MOST : left;
    }

    /** {@return the problem of a job that there is not; nobody is told whether there was one} */
    static RefusedException unknown(String id) {
        return RefusedException.of(
                ProblemType.NOT_FOUND,
                "there is no job \"" + Problem.shorten(id)
                        + "\": expected an id of GET /v1/jobs; finished jobs are kept" + " for a while only",
                List.of());
    }

    private Job find(String id) {
        if (!isId(id)) {
            throw unknown(id);
        }
        return jobs.find(id).orElseThrow(() -> unknown(id));
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "jobs",
            summary = "List the jobs",
            description = "The newest first, without what they found. The Link header leads to the next page.")
    @ApiResponse(
            responseCode = "200",
            description = "The jobs.",
            headers =
                    @Header(
                            name = HttpHeaders.LINK,
                            description = "The next page, with rel=\"next\"; absent on the last.",
                            schema = @Schema(type = "string")))
    ResponseEntity<JobListDocument> list(
            @Parameter(
                            description = "Only those in this state.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"queued", "running", "done", "failed", "cancelled"}))
                    @RequestParam(required = false)
                    @Nullable
                    JobState state,
            @Parameter(
                            description = "How many at most.",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @RequestParam(defaultValue = "50")
                    String limit,
            @Parameter(
                            description = "Where the page before ended, from its \"next\".",
                            schema = @Schema(type = "string"))
                    @RequestParam(required = false)
                    @Nullable
                    JobCursor cursor,
            HttpServletRequest request) {
        int size = IntegerParameter.of("limit", limit, MOST);
        // One more tells whether there is a next page.
        List<Job> page = jobs.newest(state, cursor == null ? null : cursor.place(), size + 1);
        List<Job> shown = page.subList(0, Math.min(size, page.size()));
        NextPage next = NextPage.after(
                request, page.size() > size ? JobCursor.after(shown.getLast()).text() : null);
        return next.answer()
                .body(new JobListDocument(shown.stream().map(JobDocument::head).toList(), next.path()));
    }

    @GetMapping(path = PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "job",
            summary = "Read a job",
            description =
                    "Its state, how far it is, what it found so far, and its result once it is done. As text or CSV"
                            + " the result alone is answered.",
            parameters =
                    @Parameter(
                            name = "format",
                            in = ParameterIn.QUERY,
                            description = "The form of the answer, past the Accept header.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"json", "text", "csv"})))
    @ApiResponse(
            responseCode = "200",
            description = "The job; as text or CSV its result.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = JobDocument.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            },
            headers =
                    @Header(
                            name = HttpHeaders.RETRY_AFTER,
                            description = "When to ask again, in seconds; absent once it is finished.",
                            schema = @Schema(type = "integer")))
    ResponseEntity<JobDocument> read(
            @PathVariable String id,
            @Parameter(
                            description = "\"totals\" leaves the layers out.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"full", "totals"},
                                            defaultValue = "full"))
                    @RequestParam(defaultValue = "full")
                    Detail detail) {
        Job job = find(id);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (!job.state().finished()) {
            answer.header(HttpHeaders.RETRY_AFTER, seconds(retryAfter(job)));
        }
        return answer.body(answers.document(job, detail));
    }

    static String seconds(Duration duration) {
        return String.valueOf(Math.max(1, duration.toSeconds()));
    }

    @GetMapping(
            path = PATH + "/{id}",
            produces = {MediaType.TEXT_PLAIN_VALUE, "text/csv"})
    @Hidden
    JobAnswer readResult(@PathVariable String id, @RequestParam(defaultValue = "full") Detail detail) {
        return answers.result(find(id), detail);
    }

    @GetMapping(path = PATH + "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "jobEvents",
            summary = "Follow a job",
            description = "Server-sent events: one whenever the job changes, named by its state (queued, running, done,"
                    + " failed, cancelled), whose data is the Job without what was found; and a comment every 10 s. It"
                    + " ends with the event of a finished state; GET /v1/jobs/{id} has the result then. Any replica tells"
                    + " of any job.")
    @ApiResponse(
            responseCode = "200",
            description = "The events.",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    SseEmitter events(@PathVariable String id, HttpServletResponse response) {
        Job job = find(id);
        // A proxy that gathers an answer before it sends it on would keep the events to itself.
        response.setHeader("X-Accel-Buffering", "no");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return events.of(job.id());
    }

    @DeleteMapping(path = PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "cancelJob",
            summary = "Cancel a job",
            description =
                    "It waits or runs no more, on whichever replica; a run that has begun ends within a second, or"
                            + " with the network's pass that is under way. A finished job stays what it is, so that cancelling"
                            + " twice does no harm.")
    @ApiResponse(responseCode = "200", description = "The job as it is now.")
    ResponseEntity<JobDocument> cancel(@PathVariable String id) {
        if (!isId(id)) {
            throw unknown(id);
        }
        return ResponseEntity.ok(JobDocument.head(jobs.cancel(id).orElseThrow(() -> unknown(id))));
    }
}
