package dev.tally.web;

import dev.tally.job.ComparisonKind;
import dev.tally.job.MeasureRequest;
import dev.tally.job.Submission;
import dev.tally.job.Submissions;
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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Networks side by side. */
@RestController
@Tag(name = "Comparisons", description = "Networks side by side.")
class ComparisonController {
    private final Comparisons comparisons;
    private final LargeAnalyses large;
    private final Submissions submissions;
    private final SubmittedJobs jobs;

    ComparisonController(Comparisons comparisons, LargeAnalyses large, Submissions submissions, SubmittedJobs jobs) {
        this.comparisons = comparisons;
        this.large = large;
        this.submissions = submissions;
        this.jobs = jobs;
    }

    @PostMapping(
            path = "/v1/comparisons",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE, "text/csv"})
    @Operation(
            operationId = "compare",
            summary = "Set networks side by side",
            description =
                    "Takes two or more networks and answers what each costs beside the first, as a whole and layer"
                            + " by layer, aligned by name; networks that share no layer are compared as a whole. With \"measure\""
                            + " each is measured in turns with the first, as a job; with \"estimate\" its time is taken from what"
                            + " was measured before. With times, the answer says how far counting predicts them.",
            parameters =
                    @Parameter(
                            name = "format",
                            in = ParameterIn.QUERY,
                            description = "The form of the answer, past the Accept header.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"json", "text", "csv"})))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/ComparisonDescription")))
    @ApiResponse(
            responseCode = "200",
            description = "The networks side by side.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ComparisonDocument.class)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN_VALUE,
                        schema = @Schema(type = "string", description = "Aligned tables for a terminal.")),
                @Content(
                        mediaType = "text/csv",
                        schema =
                                @Schema(
                                        type = "string",
                                        description = "A heading and a line for each layer of each network; with"
                                                + " detail=totals a line a network."))
            },
            headers = {
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
                    "A problem: one of the descriptions is no network, there are too few or too many, what is to be"
                            + " measured is at fault, a count is too large, or no engine can run any of them, or not in time.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @ApiResponse(
            responseCode = "503",
            description =
                    "Too many networks of more than a thousand layers are being counted, nobody measures just now,"
                            + " or the database is away, which measuring and estimating need; the Retry-After header says when to"
                            + " try again.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    Object compare(
            @RequestBody ComparisonRequest asked,
            @Parameter(
                            description = "\"totals\" leaves the layers out.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"full", "totals"},
                                            defaultValue = "full"))
                    @RequestParam(defaultValue = "full")
                    Detail detail,
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
        large.enter(request, asked.layers());
        MeasureRequest measure = asked.measure();
        if (measure == null) {
            return comparisons.of(asked, detail);
        }
        Submission submission = submissions.of(
                ComparisonKind.ID,
                asked.document(),
                comparisons.toMeasure(asked, measure),
                IdempotencyKey.of(idempotencyKey));
        return jobs.answer(submission, Waiting.of(prefer), detail, _ -> ResponseEntity.ok());
    }
}
