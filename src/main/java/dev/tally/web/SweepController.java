package dev.tally.web;

import dev.tally.job.Submission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** One description at many values of its parameters. */
@RestController
@Tag(name = "Sweeps", description = "One description at many values of its parameters.")
class SweepController {
    private final Sweeps sweeps;
    private final SweepMeasurements measurements;
    private final SubmittedJobs submitted;

    SweepController(Sweeps sweeps, SweepMeasurements measurements, SubmittedJobs submitted) {
        this.sweeps = sweeps;
        this.measurements = measurements;
        this.submitted = submitted;
    }

    /** Who accepts JSON gets it too: as many documents, a line each. */
    @PostMapping(
            path = "/v1/sweeps",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {Batches.NDJSON, MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            operationId = "sweep",
            summary = "Count a description at many values of its parameters",
            description =
                    "Takes a network with parameters, inline or by the name of a ready one, and their values: every"
                            + " one with every other's, or a list of points. Answers a SweepLine a candidate, in order (the last"
                            + " parameter changes fastest), while it counts; with \"keep\", only the best or those on the Pareto front,"
                            + " at its end, and a line of progress every second until then. With \"budget\" each line says whether it"
                            + " is kept, and \"keep\" passes over what exceeds it. With \"estimate\" each has its time by the latency"
                            + " table; a sweep measures nothing itself. A candidate that is no network gets its problem on its line.\n\n"
                            + "The last line is the summary; an answer without one is cut off. A client that closes the connection,"
                            + " or reads nothing for 60 s, ends its sweep.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/SweepQuery")))
    @ApiResponse(
            responseCode = "200",
            description = "A line a candidate, and a summary.",
            content = @Content(mediaType = Batches.NDJSON, schema = @Schema(implementation = SweepLine.class)))
    @ApiResponse(
            responseCode = "422",
            description = "The sweep is at fault, no network at its first point and none at its last, or too large.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @ApiResponse(
            responseCode = "503",
            description = "Too many sweeps run, or the database is away, which estimating needs; the Retry-After header"
                    + " says when to try again.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    void sweep(@RequestBody SweepRequest asked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        sweeps.answer(asked, request, response);
    }

    @PostMapping(
            path = "/v1/sweeps/measurements",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE, "text/csv"})
    @Operation(
            operationId = "measureSweep",
            summary = "Measure the layers whose times a sweep misses",
            description =
                    "Takes a sweep, finds the distinct layers of all its candidates that the latency table does not"
                            + " have under the conditions of \"estimate\" ({} where left out), and has each measured by itself, as"
                            + " one job: of a thousand at most. Asked again, the sweep has its times. \"measure\":"
                            + " {\"budgetMillis\": 100} says how long samples are taken of each, 250 ms by default. \"budget\" and"
                            + " \"keep\" change nothing here.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/SweepMeasurementQuery")))
    @ApiResponse(
            responseCode = "200",
            description = "What was measured; no layers where none was missing.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = MeasuredLayersDocument.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @AnswersWithJob
    Object measure(
            @RequestBody SweepMeasurementRequest asked,
            @Parameter(description = Descriptions.PREFER, schema = @Schema(type = "string", example = "wait=60"))
                    @RequestHeader(name = "Prefer", required = false)
                    @Nullable
                    List<String> prefer,
            @Parameter(
                            description = Descriptions.IDEMPOTENCY_KEY,
                            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
                    @RequestHeader(name = IdempotencyKey.HEADER, required = false)
                    @Nullable
                    String idempotencyKey) {
        Submission submission = measurements.of(asked, IdempotencyKey.of(idempotencyKey));
        return submission == null
                ? measurements.nothing()
                : submitted.answer(submission, Waiting.of(prefer), Detail.FULL, _ -> ResponseEntity.ok());
    }
}
