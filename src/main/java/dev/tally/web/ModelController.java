package dev.tally.web;

import dev.tally.description.DescriptionReader;
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
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.HandlerMapping;

/** A network in, its ONNX model out, for whoever wants to run it elsewhere. */
@RestController
@Tag(name = "Models", description = "Networks to run elsewhere.")
class ModelController {
    static final String WEIGHTS =
            "Where the weights of an ONNX model stand, past the Accept header: \"inside\" it, or \"external\", in a file"
                    + " beside it, both in a ZIP archive. A model of more than 2 GB cannot have them inside.";
    static final String MODEL = "The model, its weights inside.";
    static final String ARCHIVE = "model.onnx, and weights.bin, to which that refers.";
    static final String REFUSED = "A model of it would be too large, or there is none.";
    static final String BUSY =
            "As many models are being sent as may be at once; the Retry-After header says when to try again.";

    private final Models models;
    private final LargeAnalyses large;

    ModelController(Models models, LargeAnalyses large) {
        this.models = models;
        this.large = large;
    }

    @PostMapping(
            path = "/v1/models",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {WeightsPlace.ONNX, WeightsPlace.ZIP})
    @Operation(
            operationId = "exportModel",
            summary = "Get a network as an ONNX model",
            description = "Takes a network as POST /v1/analyses does, inline or by the name of a ready one, without a"
                    + " budget and with nothing to measure. The weights are made up from a fixed seed, always the same for"
                    + " layers of the same name; their type is the network's dtype, float32, float16 or bfloat16. Images"
                    + " stand channels first, as ONNX wants them, whatever the network's layout.",
            parameters =
                    @Parameter(
                            name = "format",
                            in = ParameterIn.QUERY,
                            description = "The form of the answer, past the Accept header.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"onnx"})))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/NetworkDescription")))
    @ApiResponse(
            responseCode = "200",
            description = "The model.",
            content = {
                @Content(
                        mediaType = WeightsPlace.ONNX,
                        schema = @Schema(type = "string", format = "binary", description = MODEL)),
                @Content(
                        mediaType = WeightsPlace.ZIP,
                        schema = @Schema(type = "string", format = "binary", description = ARCHIVE))
            },
            headers = {
                @Header(
                        name = HttpHeaders.CONTENT_DISPOSITION,
                        description = "A name for the file: the network's.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Tally-Version",
                        description = "The version of the service.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Tally-Network-Hash",
                        description = "The network's hash, as an analysis has it.",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "422",
            description = "The description is no network. " + REFUSED,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @ApiResponse(
            responseCode = "503",
            description = BUSY + " Or too many networks of more than a thousand layers are being answered.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    void export(
            @RequestBody ModelRequest asked,
            @Parameter(
                            description = WEIGHTS,
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"inside", "external"},
                                            defaultValue = "inside"))
                    @RequestParam(required = false)
                    @Nullable
                    WeightsPlace weights,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        large.enter(request, asked.described().network().nodes().size());
        models.send(models.of(asked.described(), place(weights, request)), request, response);
    }

    /** The contract has it with the description, which is what is answered to whoever accepts anything. */
    @GetMapping(
            path = "/v1/networks/{name}",
            produces = {WeightsPlace.ONNX, WeightsPlace.ZIP})
    @Hidden
    void ready(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable WeightsPlace weights,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ModelAnswer answer =
                models.of(DescriptionReader.read(CatalogueController.find(name).json()), place(weights, request));
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (!new ServletWebRequest(request, response).checkNotModified(answer.entityTag())) {
            models.send(answer, request, response);
        }
    }

    /** {@return where the weights are to stand: as asked, else inside if the client takes that} */
    private static WeightsPlace place(@Nullable WeightsPlace asked, HttpServletRequest request) {
        if (asked != null) {
            return asked;
        }
        boolean archive =
                request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Collection<?> accepted
                        && !accepted.contains(MediaType.parseMediaType(WeightsPlace.ONNX));
        return archive ? WeightsPlace.EXTERNAL : WeightsPlace.INSIDE;
    }
}
