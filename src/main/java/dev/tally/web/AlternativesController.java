package dev.tally.web;

import dev.tally.description.DescriptionError;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.Pointer;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.AlternativesRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A network in, cheaper designs of its layers out. */
@RestController
@Tag(name = "Alternatives", description = "Cheaper designs of a layer.")
class AlternativesController {
    private static final Pointer NETWORK = Pointer.ROOT.at(AlternativesRequest.NETWORK);

    /** The most layers that the networks of an answer have, all together: some 150 MB. */
    private static final long MOST_LAYERS_OF_NETWORKS = 1_000_000;

    private final Analyses analyses;
    private final LargeAnalyses large;
    private final ServiceVersion version;

    AlternativesController(Analyses analyses, LargeAnalyses large, ServiceVersion version) {
        this.analyses = analyses;
        this.large = large;
        this.version = version;
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
                            + " here again; and up to which width a bottleneck pays. Each is another function and needs training.",
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
            })
    @ApiResponse(
            responseCode = "422",
            description = "The description is no network, a count is too large, there is no such layer, it has no"
                    + " alternatives, a kind that is named cannot apply to it, or the networks of the answer would be too"
                    + " many.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @ApiResponse(
            responseCode = "503",
            description = "Too many networks of more than a thousand layers are being answered; the Retry-After header"
                    + " says when to try again.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    AlternativesAnswer find(
            @RequestBody AlternativesRequest asked,
            @Parameter(
                            description = "\"totals\" leaves the rewritten networks out.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"full", "totals"},
                                            defaultValue = "full"))
                    @RequestParam(defaultValue = "full")
                    Detail detail,
            HttpServletRequest request) {
        large.enter(request, asked.described().network().nodes().size());
        AlternativesPlan plan =
                asked.plan(analyses.count(asked.described(), NETWORK).analysis());
        if (detail == Detail.FULL && plan.layersOfNetworks() > MOST_LAYERS_OF_NETWORKS) {
            throw tooMany(plan.layersOfNetworks());
        }
        return new AlternativesAnswer(plan, _ -> OptionalDouble.empty(), detail == Detail.FULL, version.text());
    }

    private static InvalidDescriptionException tooMany(long layers) {
        String detail = String.format(
                Locale.ROOT,
                "expected at most %,d layers in the rewritten networks of an answer, all together, got %,d; ask for fewer"
                        + " alternatives, or with detail=totals for none of the networks",
                MOST_LAYERS_OF_NETWORKS,
                layers);
        return new InvalidDescriptionException(List.of(new DescriptionError(detail, NETWORK.toString(), "")));
    }
}
