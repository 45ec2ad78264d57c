package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import dev.tally.description.Described;
import dev.tally.description.DescriptionError;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The main job: a network in, what it costs out. */
@RestController
@Tag(name = "Analyses", description = "What a network costs.")
class AnalysisController {
    private final ServiceVersion version;
    private final Timer timer;
    private final DistributionSummary sizes;

    AnalysisController(ServiceVersion version, MeterRegistry meters) {
        this.version = version;
        this.timer = Timer.builder("tally.analysis")
                .description("The time to count a network, without reading and writing it")
                .register(meters);
        this.sizes = DistributionSummary.builder("tally.analysis.layers")
                .description("The layers of the networks that were counted, blocks and repeats expanded")
                .register(meters);
    }

    @PostMapping(
            path = "/v1/analyses",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE, "text/csv"})
    @Operation(
            operationId = "analyse",
            summary = "Count what a network costs",
            description = "Takes a network, inline or by the name of a ready one, and answers shapes, operations,"
                    + " parameters and memory, layer by layer and in total.",
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
                            schema = @Schema(ref = "#/components/schemas/NetworkDescription")))
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
                        schema = @Schema(type = "string", description = "A heading and a line a layer."))
            })
    AnalysisAnswer analyse(
            @RequestBody Described described,
            @Parameter(
                            description = "\"totals\" leaves the layers out.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"full", "totals"},
                                            defaultValue = "full"))
                    @RequestParam(defaultValue = "full")
                    Detail detail) {
        try {
            sizes.record(described.network().nodes().size());
            Analysis analysis = timer.record(() -> Analysis.of(described.network()));
            return new AnalysisAnswer(analysis, detail == Detail.FULL, version.text());
        } catch (CountOverflowException e) {
            throw new UncountableException(new DescriptionError(
                    e.getMessage(),
                    described.origins().pointer(e.node()),
                    e.node().name()));
        }
    }
}
