package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.described;
import static dev.tally.description.Descriptions.errors;
import static dev.tally.description.Descriptions.network;
import static dev.tally.description.Descriptions.totals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.DataType;
import dev.tally.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReadyNetworksTest {
    @Test
    void everyReadyNetworkSaysWhatItIs() {
        assertThat(ReadyNetworks.all()).isNotEmpty().allSatisfy(ready -> {
            assertThat(ready.description()).endsWith(".");
            assertThat(ready.json().path("name").asString("")).isEqualTo(ready.name());
        });
    }

    /** A variant's own parameters stand in its description, so that it can be taken elsewhere and posted. */
    @Test
    void aVariantIsADescriptionOfItsOwn() {
        JsonNode variant =
                Objects.requireNonNull(ReadyNetworks.find("resnet-101")).json();

        assertThat(variant.path("parameters").path("depth3").asInt()).isEqualTo(23);
        assertThat(variant.path("description").asString()).startsWith("ResNet-101 ");
        assertThat(described(variant.toString()).network().hash())
                .isEqualTo(network("{'ready': 'resnet-50', 'parameters': {'depth3': 23}}")
                        .hash());
        assertThat(network("{'ready': 'resnet-101', 'parameters': {'depth3': 6}}")
                        .hash())
                .isEqualTo(network("{'ready': 'resnet-50'}").hash());
    }

    @Test
    void everyResourceIsInTheCatalogue() throws IOException {
        try (Stream<Path> resources = Files.list(Path.of("src", "main", "resources", "dev", "tally", "networks"))) {
            assertThat(resources.map(file -> file.getFileName().toString().replace(".json", "")))
                    .contains("catalogue")
                    .allMatch(name ->
                            name.equals("catalogue") || ReadyNetworks.names().contains(name));
        }
    }

    @Test
    void everyNetworkForImagesTakesResolutionAndClasses() {
        assertThat(ReadyNetworks.all())
                .filteredOn(ready -> !ready.name().matches("lecture.*|inception-3a"))
                .allSatisfy(ready -> assertThat(ready.json().path("parameters").propertyNames())
                        .contains("resolution", "classes"));
    }

    @Test
    void aReadyNetworkTakesParametersBatchElementTypeAndName() {
        Network network = network("{'ready': 'alexnet', 'name': 'mine', 'batch': 4, 'dtype': 'float16',"
                + " 'parameters': {'classes': 10, 'resolution': '200 + 27'}}");

        assertThat(network.name()).isEqualTo("mine");
        assertThat(network.batch()).isEqualTo(4);
        assertThat(network.dataType()).isEqualTo(DataType.FLOAT16);
        assertThat(network.inputs().getFirst().shape()).hasToString("227×227×3");
        assertThat(network.outputs().getFirst().shape()).hasToString("10");
    }

    @Test
    void whatAReadyNetworkIsAskedForDoesNotChangeIt() {
        String before = network("{'ready': 'lecture-bottleneck'}").hash();

        assertThat(totals("{'ready': 'lecture-bottleneck', 'parameters': {'reduce': 8}}")
                        .operations()
                        .multiplies())
                .isEqualTo(28 * 28 * 8 * 192 + 28 * 28 * 32 * 25 * 8);
        assertThat(network("{'ready': 'lecture-bottleneck'}").hash()).isEqualTo(before);
    }

    @Test
    void unknownReadyNetworksOfferTheNearest() {
        assertError("{'ready': 'GoogLeNet'}", "/ready", "")
                .isEqualTo("there is no ready network \"GoogLeNet\"; did you mean \"googlenet\"?");
        assertError("{'ready': 'zebra'}", "/ready", "")
                .isEqualTo("there is no ready network \"zebra\"; GET /v1/networks lists them");
        assertError("{'ready': 3}", "/ready", "").isEqualTo("there is no ready network 3; GET /v1/networks lists them");
    }

    @Test
    void unknownParametersOfAReadyNetworkOfferTheNearest() {
        assertError("{'ready': 'alexnet', 'parameters': {'clases': 3}}", "/parameters/clases", "")
                .isEqualTo("alexnet has no parameter \"clases\"; did you mean \"classes\"?");
        assertError("{'ready': 'alexnet', 'parameters': {'width': 3}}", "/parameters/width", "")
                .isEqualTo("alexnet has no parameter \"width\"; it takes: resolution, classes");
        assertError("{'ready': 'lecture-direct', 'parameters': {'width': 3}}", "/parameters/width", "")
                .isEqualTo("lecture-direct has no parameter \"width\"; it takes none");
    }

    @Test
    void aReadyNetworksLayersStandAlready() {
        assertError("{'ready': 'alexnet', 'layers': []}", "/layers", "")
                .isEqualTo(
                        "a network by name has no property \"layers\"; it has: ready, name, dtype, batch, parameters");
    }

    /** They have not written the layers: the place is where they named them. */
    @Test
    void errorsInAReadyNetworkStandWhereTheRequestHasTheirCause() {
        assertError("{'ready': 'alexnet', 'parameters': {'resolution': 10}}", "/ready", "pool1")
                .isEqualTo("at its /layers/1/kernel: height axis: kernel 3 is larger than the padded input 1");
        assertError("{'ready': 'alexnet', 'parameters': {'resolution': 0.5}}", "/parameters/resolution", "")
                .startsWith("expected an integer or an expression");
        assertThat(errors("{'ready': 'alexnet', 'parameters': {'resolution': 0}}"))
                .containsExactly(
                        new DescriptionError(
                                "at its /input/0: expected an integer from 1 to 2^31-1, got 0", "/ready", ""),
                        new DescriptionError(
                                "at its /input/1: expected an integer from 1 to 2^31-1, got 0", "/ready", ""));
        assertThat(errors("{'ready': 'alexnet', 'batch': 0, 'dtype': 'int4'}"))
                .extracting(DescriptionError::pointer)
                .containsExactlyInAnyOrder("/batch", "/dtype");
    }

    @Test
    void aReadyNetworksLayersAreFoundWhereItIsNamed() {
        Described described = described("{'ready': 'alexnet'}");

        assertThat(described.origins().pointer(described.network().nodes().getLast()))
                .isEqualTo("/ready");
    }
}
