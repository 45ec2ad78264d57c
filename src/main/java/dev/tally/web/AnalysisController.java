package dev.tally.web;

import dev.tally.job.AnalysisKind;
import dev.tally.job.MeasureRequest;
import dev.tally.job.Submission;
import dev.tally.job.Submissions;
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
    private final Submissions submissions;
    private final SubmittedJobs jobs;

    AnalysisController(Analyses analyses, LargeAnalyses large, Submissions submissions, SubmittedJobs jobs) {
        this.analyses = analyses;
        this.large = large;
        this.submissions = submissions;
        this.jobs = jobs;
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
                        name = SubmittedJobs.PREFERENCE_APPLIED,
                        description = "The wait that was honoured, where the request has one and measures.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = HttpHeaders.CONTENT_LOCATION,
                        description = "The job that measured, where the request does.",
                        schema = @Schema(type = "string"))
            })
    @AnswersWithJob
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
            @Parameter(description = Descriptions.PREFER, schema = @Schema(type = "string", example = "wait=60"))
                    @RequestHeader(name = "Prefer", required = false)
                    @Nullable
                    List<String> prefer,
            @Parameter(
                            description = Descriptions.IDEMPOTENCY_KEY,
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
            AnalysisAnswer counted = analyses.of(asked, detail);
            return status(counted, closed).body(counted);
        }
        Submission submission = submissions.of(
                AnalysisKind.ID,
                asked.document(),
                analyses.toMeasure(asked, measure),
                IdempotencyKey.of(idempotencyKey));
        return jobs.answer(submission, Waiting.of(prefer), detail, answer -> status((AnalysisAnswer) answer, closed));
    }

    private static ResponseEntity.BodyBuilder status(AnalysisAnswer answer, boolean closed) {
        Verdict verdict = answer.verdict();
        boolean failed = verdict != null && !verdict.passed();
        ResponseEntity.BodyBuilder builder =
                ResponseEntity.status(closed && failed ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        if (verdict != null) {
            builder.header(BUDGET_HEADER, failed ? "failed" : "passed");
        }
        return builder;
    }
}
