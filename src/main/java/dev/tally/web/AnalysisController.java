package dev.tally.web;

import dev.tally.job.AnalysisWork;
import dev.tally.job.Job;
import dev.tally.job.Jobs;
import dev.tally.job.MeasureRequest;
import dev.tally.planning.Verdict;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The main job: a network in, what it costs out. */
@RestController
@Tag(name = "Analyses", description = "What a network costs.")
class AnalysisController {
    private static final String BUDGET_HEADER = "Tally-Budget";
    private static final String PREFERENCE_APPLIED = "Preference-Applied";
    private static final String BATCHES =
            "With Content-Type application/x-ndjson it takes a batch: a network a line in, and"
                    + " a BatchLine a line out, in the same order, while the batch is still being sent. A client has to read while"
                    + " it sends: the service keeps few lines in flight, so else each side soon waits for the other, until the"
                    + " connection's timeout. A line that is wrong, or longer than a single request may be, gets its problem on"
                    + " its line, and the batch goes on; a budget stands beside each network, and gate=true is refused."
                    + " The last line is the summary; an answer without one is cut off. The summary is not complete if a"
                    + " line did not end, if nothing came for longer than the server waits (60 s), if the body was cut off, or if"
                    + " the service shuts down.";

    private final Analyses analyses;
    private final LargeAnalyses large;
    private final AnalysisWork work;
    private final Jobs jobs;
    private final JobWaits waits;
    private final JobAnswers answers;

    AnalysisController(
            Analyses analyses, LargeAnalyses large, AnalysisWork work, Jobs jobs, JobWaits waits, JobAnswers answers) {
        this.analyses = analyses;
        this.large = large;
        this.work = work;
        this.jobs = jobs;
        this.waits = waits;
        this.answers = answers;
    }

    @PostMapping(
            path = "/v1/analyses",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE, "text/csv"})
    @Operation(
            operationId = "analyse",
            summary = "Count what a network costs",
            description = "Takes a network, inline or by the name of a ready one, and answers shapes, operations,"
                    + " parameters and memory, layer by layer and in total; beside a budget, whether that is kept; with"
                    + " \"measure\", how long it takes; with \"estimate\", how long by what was measured before. A measurement is"
                    + " a job that is stored before it runs: the request waits for it for a while, then it is answered with 202"
                    + " and the job; only DELETE of the job cancels it.\n\n"
                    + BATCHES,
            parameters =
                    @Parameter(
                            name = "format",
                            in = ParameterIn.QUERY,
                            description = "The form of the answer, past the Accept header; of a batch always ndjson.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"json", "text", "csv", "ndjson"})))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(ref = "#/components/schemas/NetworkDescription")),
                @Content(
                        mediaType = Batches.NDJSON,
                        schema =
                                @Schema(
                                        type = "string",
                                        description = "A NetworkDescription a line; blank lines are skipped."))
            })
    @ApiResponse(
            responseCode = "200",
            description = "What the network costs.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = AnalysisDocument.class)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN_VALUE,
                        schema = @Schema(type = "string", description = "An aligned table for a terminal.")),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = "string", description = "A heading and a line a layer.")),
                @Content(mediaType = Batches.NDJSON, schema = @Schema(implementation = BatchLine.class))
            },
            headers = {
                @Header(
                        name = BUDGET_HEADER,
                        description = "Whether the budget is kept, where the request has one.",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"passed", "failed"})),
                @Header(
                        name = PREFERENCE_APPLIED,
                        description = "The wait that was honoured, where the request has one and measures.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = HttpHeaders.CONTENT_LOCATION,
                        description = "The job that measured, where the request does.",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "202",
            description = "The measurement is accepted and not done yet; the Job is followed at its Location.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = JobDocument.class)),
            headers = {
                @Header(name = HttpHeaders.LOCATION, description = "The job.", schema = @Schema(type = "string")),
                @Header(
                        name = HttpHeaders.RETRY_AFTER,
                        description = "When to look at it, in seconds.",
                        schema = @Schema(type = "integer")),
                @Header(
                        name = PREFERENCE_APPLIED,
                        description = "The preference that was honoured, where the request has one.",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "429",
            description = "Too many measurements wait; the Retry-After header says when to try again.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @ApiResponse(
            responseCode = "500",
            description = "An engine failed at a network that it should be able to run.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @ApiResponse(
            responseCode = "422",
            description =
                    "With gate=true and a budget that is not kept, the answer of 200, in the same form and with the"
                            + " header Tally-Budget. Else a problem: the description is no network, its budget or what is to be"
                            + " measured is at fault, a count is too large, or an engine cannot run it, or not in time.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = AnalysisDocument.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "#/components/schemas/Problem"))
            },
            headers =
                    @Header(
                            name = BUDGET_HEADER,
                            description = "Whether the budget is kept, where the request has one.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"passed", "failed"})))
    @ApiResponse(
            responseCode = "503",
            description =
                    "Too many batches run, too many networks of more than a thousand layers are being counted, nobody"
                            + " measures just now, or the database is away, which measuring and estimating need; the"
                            + " Retry-After header says when to try again.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    Object analyse(
            @RequestBody AnalysisRequest asked,
            @Parameter(
                            description = "\"totals\" leaves the layers out.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"full", "totals"},
                                            defaultValue = "full"))
                    @RequestParam(defaultValue = "full")
                    Detail detail,
            @Parameter(
                            description =
                                    "\"true\" answers a budget that is not kept with the status 422, for a build to fail"
                                            + " on; it needs a budget in the request.",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @RequestParam(required = false)
                    @Nullable
                    Gate gate,
            @Parameter(
                            description =
                                    "\"wait=N\": for how many seconds a measurement is waited for, 30 by default and at most"
                                            + " 60 (RFC 7240); \"respond-async\": not at all.",
                            schema = @Schema(type = "string", example = "wait=60"))
                    @RequestHeader(name = "Prefer", required = false)
                    @Nullable
                    List<String> prefer,
            @Parameter(
                            description =
                                    "Stands for this measurement: the same request with the same key finds its job and"
                                            + " measures nothing again, for as long as the job is kept.",
                            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
                    @RequestHeader(name = IdempotencyKey.HEADER, required = false)
                    @Nullable
                    String idempotencyKey,
            HttpServletRequest request) {
        boolean closed = gate != null && gate.closed();
        if (closed && asked.budget() == null) {
            throw InvalidGateException.withoutBudget();
        }
        large.enter(request, asked.described().network().nodes().size());
        MeasureRequest measure = asked.measure();
        if (measure == null) {
            return answer(analyses.of(asked, detail), closed).body();
        }
        String id = jobs.submit(work.submission(
                asked.document(), analyses.toMeasure(asked, measure), IdempotencyKey.of(idempotencyKey)));
        Waiting waiting = Waiting.of(prefer);
        return waits.answer(id, waiting.duration(), job -> ofJob(job, waiting, detail, closed));
    }

    private record Answer(ResponseEntity.BodyBuilder builder, AnalysisAnswer answer) {
        ResponseEntity<AnalysisAnswer> body() {
            return builder.body(answer);
        }
    }

    private static Answer answer(AnalysisAnswer counted, boolean closed) {
        Verdict verdict = counted.verdict();
        boolean failed = verdict != null && !verdict.passed();
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(closed && failed ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        if (verdict != null) {
            answer.header(BUDGET_HEADER, failed ? "failed" : "passed");
        }
        return new Answer(answer, counted);
    }

    /** The result where there is one already, else the job that will have it. */
    private ResponseEntity<?> ofJob(Job job, Waiting waiting, Detail detail, boolean closed) {
        String path = JobController.path(job.id());
        if (job.state().finished()) {
            Answer answer = answer(answers.result(job, detail), closed);
            answer.builder().header(HttpHeaders.CONTENT_LOCATION, path);
            if (waiting.asked()) {
                answer.builder().header(PREFERENCE_APPLIED, waiting.applied());
            }
            return answer.body();
        }
        ResponseEntity.BodyBuilder accepted = ResponseEntity.accepted()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LOCATION, path)
                .header(HttpHeaders.RETRY_AFTER, JobController.seconds(JobController.retryAfter(job)));
        if (waiting.asked()) {
            accepted.header(PREFERENCE_APPLIED, waiting.applied());
        }
        // Counting who waits before it would cost each submission more the longer the queue is.
        return accepted.body(JobDocument.head(job));
    }
}
