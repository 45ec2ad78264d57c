package dev.tally.web;

import dev.tally.job.AlternativesKind;
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

/** A network in, cheaper designs of its layers out. */
@RestController
@Tag(name = "Alternatives", description = "Cheaper designs of a layer.")
class AlternativesController {
    private final TimedAlternatives alternatives;
    private final LargeAnalyses large;
    private final Submissions submissions;
    private final SubmittedJobs jobs;

    AlternativesController(
            TimedAlternatives alternatives, LargeAnalyses large, Submissions submissions, SubmittedJobs jobs) {
        this.alternatives = alternatives;
        this.large = large;
        this.submissions = submissions;
        this.jobs = jobs;
    }

    @PostMapping(
            path = "/v1/alternatives",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE, "text/csv"})
    @Operation(
            operationId = "findAlternatives",
            summary = "Find cheaper designs of a layer",
            description =
                    "Takes a network and one of its layers, or how many of the costliest, and answers other designs"
                            + " of it with the same output shape: a 1×1 bottleneck at several widths, 3×3 layers on each other,"
                            + " one axis after the other, depthwise separable, grouped, a bottleneck residual. Each with what it"
                            + " costs by itself and in the whole network, its ratios to the layer as it is, and whether another"
                            + " one makes it superfluous; with the rewritten network, ready to be posted to POST /v1/analyses or"
                            + " here again; and up to which width a bottleneck pays. With \"measure\" each is measured in turns with"
                            + " the layer as it is, as a job; with \"estimate\" its time is taken from what was measured before."
                            + " Each is another function and needs training.",
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
                            schema = @Schema(ref = "#/components/schemas/AlternativesQuery")))
    @ApiResponse(
            responseCode = "200",
            description = "The alternatives.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = AlternativesDocument.class)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN_VALUE,
                        schema = @Schema(type = "string", description = "An aligned table a layer, for a terminal.")),
                @Content(
                        mediaType = "text/csv",
                        schema =
                                @Schema(
                                        type = "string",
                                        description =
                                                "A heading, then for each layer a line for it as it is and one an alternative."))
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
            description = "The description is no network, a count is too large, there is no such layer, it has no"
                    + " alternatives, a kind that is named cannot apply to it, the networks of the answer would be too many,"
                    + " what is to be measured is at fault, or no engine can run any design, or not in time.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @ApiResponse(
            responseCode = "503",
            description =
                    "Too many networks of more than a thousand layers are being answered, nobody measures just now,"
                            + " or the database is away, which measuring and estimating need; the Retry-After header says when to"
                            + " try again.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    Object find(
            @RequestBody TimedAlternativesRequest asked,
            @Parameter(
                            description = "\"totals\" leaves the rewritten networks out.",
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
        large.enter(request, asked.alternatives().described().network().nodes().size());
        MeasureRequest measure = asked.measure();
        if (measure == null) {
            return alternatives.of(asked, detail);
        }
        Submission submission = submissions.of(
                AlternativesKind.ID,
                asked.document(),
                alternatives.toMeasure(asked, measure, detail),
                IdempotencyKey.of(idempotencyKey));
        return jobs.answer(submission, Waiting.of(prefer), detail, _ -> ResponseEntity.ok());
    }
}
