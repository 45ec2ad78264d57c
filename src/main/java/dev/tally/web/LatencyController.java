package dev.tally.web;

import dev.tally.latency.Cursor;
import dev.tally.latency.Latencies;
import dev.tally.latency.LatencyFilter;
import dev.tally.measurement.Engines;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was measured before. */
@RestController
@Tag(name = "Latencies", description = "What was measured before.")
class LatencyController {
    private final Latencies latencies;
    private final LatencyFilterReader reader;

    LatencyController(Latencies latencies, Engines engines) {
        this.latencies = latencies;
        this.reader = new LatencyFilterReader(engines);
    }

    @GetMapping(
            path = "/v1/latencies",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    @Operation(
            operationId = "listLatencies",
            summary = "List the latency table",
            description = "Every layer, and every network, that was ever measured, by its canonical key, under the"
                    + " conditions that it was measured under. Filters are exact, and all that are given hold; pages"
                    + " follow each other by the path of \"next\", or the header Link: each row that was there at the"
                    + " first page is on exactly one of them, whatever is measured meanwhile.",
            parameters =
                    @Parameter(
                            name = "format",
                            in = ParameterIn.QUERY,
                            description = "The form of the answer, past the Accept header.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"json", "csv"})))
    @ApiResponse(
            responseCode = "200",
            description = "A page.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = LatenciesDocument.class)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = "string", description = "A heading and a line a latency."))
            },
            headers =
                    @Header(
                            name = "Link",
                            description = "The next page, rel=\"next\" (RFC 8288); absent on the last one.",
                            schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "503",
            description = "The database does not answer; the Retry-After header says when to try again.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    ResponseEntity<LatenciesAnswer> latencies(
            @Parameter(description = "The whole key.", schema = @Schema(type = "string", maxLength = 400))
                    @RequestParam(required = false)
                    @Nullable
                    String key,
            @Parameter(
                            description = "What the key begins with, letter by letter: \"conv k5x5 \"; not beside key.",
                            schema = @Schema(type = "string", maxLength = 400))
                    @RequestParam(required = false)
                    @Nullable
                    String keyPrefix,
            @Parameter(description = "The engine, by its name in GET /v1/engines.")
                    @RequestParam(required = false)
                    @Nullable
                    String engine,
            @Parameter(
                            description = "What convolutions were to be computed by; empty for what the engine chose"
                                    + " itself.")
                    @RequestParam(required = false)
                    @Nullable
                    String algorithm,
            @Parameter(
                            description = "In which numbers.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"float32", "tf32", "float16"}))
                    @RequestParam(required = false)
                    @Nullable
                    String precision,
            @Parameter(
                            description = "With how many threads.",
                            schema = @Schema(type = "integer", format = "int32", minimum = "1"))
                    @RequestParam(required = false)
                    @Nullable
                    String threads,
            @Parameter(description = "The fingerprint of the host, as GET /v1/engines has this one's.")
                    @RequestParam(required = false)
                    @Nullable
                    String host,
            @Parameter(
                            description = "The most latencies of a page.",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            format = "int32",
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit,
            @Parameter(description = "Where the page before ended, from its \"next\".")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            HttpServletRequest request) {
        LatencyFilter filter = reader.filter(key, keyPrefix, engine, algorithm, precision, threads, host);
        Latencies.Page page = latencies.page(filter, reader.cursor(cursor), reader.limit(limit));
        Cursor end = page.next();
        NextPage next = NextPage.after(request, end == null ? null : end.text());
        return next.answer().body(new LatenciesAnswer(page.latencies(), next.path()));
    }
}
