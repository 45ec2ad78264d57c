package dev.tally.web;

import dev.tally.description.LayerTypes;
import dev.tally.description.NearestName;
import dev.tally.description.ReadyNetwork;
import dev.tally.description.ReadyNetworks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
            description = "As a person would write it, blocks and parameters included; it can be posted as it is.")
    @ApiResponse(
            responseCode = "200",
            description = "The description.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/NetworkDescription")))
    JsonNode network(@Parameter(description = "The network's name.", example = "googlenet") @PathVariable String name) {
        ReadyNetwork network = ReadyNetworks.find(name);
        if (network == null) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "there is no ready network \"" + StringUtils.truncate(name, 60) + "\""
                            + NearestName.help(name, ReadyNetworks.names()) + "; there are: "
                            + String.join(", ", ReadyNetworks.names()));
        }
        return network.json();
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
