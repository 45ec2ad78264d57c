package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.described;
import static dev.tally.description.Descriptions.errors;
import static dev.tally.description.Descriptions.network;
import static dev.tally.description.Descriptions.totals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.DataType;
import dev.tally.network.Network;
import org.junit.jupiter.api.Test;

class ReadyNetworksTest {
    @Test
    void everyReadyNetworkSaysWhatItIs() {
        assertThat(ReadyNetworks.all()).isNotEmpty().allSatisfy(ready -> {
            assertThat(ready.description()).endsWith(".");
            assertThat(ready.json().path("name").asString("")).isEqualTo(ready.name());
        });
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
                .isEqualTo("height axis: kernel 3 is larger than the padded input 1");
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
