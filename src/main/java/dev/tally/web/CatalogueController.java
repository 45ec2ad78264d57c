package dev.tally.web;

import dev.tally.description.LayerTypes;
import dev.tally.description.NearestName;
import dev.tally.description.ReadyNetwork;
import dev.tally.description.ReadyNetworks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/** What there is to start from: ready networks and types of layers. */
@RestController
@Tag(name = "Catalogues", description = "What there is to start from.")
class CatalogueController {
    private final List<ReadyNetworkDocument> networks =
            ReadyNetworks.all().stream().map(ReadyNetworkDocument::of).toList();
    private final List<LayerTypeDocument> layers = LayerTypeDocument.all();

    @GetMapping(path = "/v1/networks", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listNetworks",
            summary = "List the ready networks",
            description = "Each can be analysed by its name: {\"ready\": \"googlenet\"}.")
    List<ReadyNetworkDocument> networks() {
        return networks;
    }

    @GetMapping(path = "/v1/networks/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getNetwork",
            summary = "Get the description of a ready network",
            description = "As a person would write it, blocks and parameters included; it can be posted as it is."
                    + " Whoever accepts application/onnx, or asks for ?format=onnx, gets the network as POST /v1/models"
                    + " answers it.",
            parameters = {
                @Parameter(
                        name = "format",
                        in = ParameterIn.QUERY,
                        description = "The form of the answer, past the Accept header.",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"json", "onnx"})),
                @Parameter(
                        name = "weights",
                        in = ParameterIn.QUERY,
                        description = ModelController.WEIGHTS + " With the description it is refused.",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"inside", "external"}))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The description, or the model.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(ref = "#/components/schemas/NetworkDescription")),
                @Content(
                        mediaType = WeightsPlace.ONNX,
                        schema = @Schema(type = "string", format = "binary", description = ModelController.MODEL)),
                @Content(
                        mediaType = WeightsPlace.ZIP,
                        schema = @Schema(type = "string", format = "binary", description = ModelController.ARCHIVE))
            })
    @ApiResponse(
            responseCode = "422",
            description = ModelController.REFUSED,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @ApiResponse(
            responseCode = "503",
            description = ModelController.BUSY,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    ResponseEntity<JsonNode> network(
            @Parameter(description = "The network's name.", example = "googlenet") @PathVariable String name) {
        return ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT).body(find(name).json());
    }

    /**
     * {@return the ready network of this name}
     *
     * @throws ResponseStatusException if there is none: 404, and the names that there are
     */
    static ReadyNetwork find(String name) {
        ReadyNetwork network = ReadyNetworks.find(name);
        if (network == null) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "there is no ready network \"" + StringUtils.truncate(name, 60) + "\""
                            + NearestName.help(name, ReadyNetworks.names()) + "; there are: "
                            + String.join(", ", ReadyNetworks.names()));
        }
        return network;
    }

    @GetMapping(path = "/v1/layers", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listLayerTypes",
            summary = "List the types of layers",
            description = "With their attributes, defaults, an example and what is counted.")
    List<LayerTypeDocument> layers() {
        return layers;
    }

    @GetMapping(path = "/v1/layers/{type}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getLayerType",
            summary = "Get a type of layer",
            description = "With its attributes, defaults, an example and what is counted.")
    LayerTypeDocument layer(
            @Parameter(description = "The type's name.", example = "conv2d") @PathVariable String type) {
        return layers.stream()
                .filter(layer -> layer.name().equals(type))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "there is no layer type \"" + StringUtils.truncate(type, 60) + "\"" + LayerTypes.help(type)));
    }
}
