package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.errors;
import static dev.tally.description.Descriptions.layers;
import static dev.tally.description.Descriptions.network;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A null counts as left out: many clients write every property of their classes. */
class LeftOutTest {
    @Test
    void nullAttributesTakeTheirDefaults() {
        String written = layers("{'name': null, 'type': 'conv2d', 'from': null, 'repeat': null, 'filters': 2,"
                + " 'kernel': 3, 'stride': null, 'padding': null, 'bias': null, 'activation': null}");

        assertThat(network(written).hash())
                .isEqualTo(network(layers("{'type': 'conv2d', 'filters': 2, 'kernel': 3}"))
                        .hash());
    }

    @Test
    void nullPropertiesOfTheNetworkTakeTheirDefaults() {
        String written = "{'ready': null, 'name': null, 'description': null, 'input': [8, 8, 4], 'inputs': null,"
                + " 'outputs': null, 'layout': null, 'dtype': null, 'batch': null, 'parameters': null,"
                + " 'blocks': null, 'layers': [{'type': 'relu'}]}";

        assertThat(network(written).hash())
                .isEqualTo(network(layers("{'type': 'relu'}")).hash());
    }

    @Test
    void aNullPropertyThatATypeDoesNotHaveIsNoError() {
        assertThat(network(layers("{'type': 'relu', 'filters': null, 'block': null}"))
                        .nodes())
                .hasSize(1);
    }

    @Test
    void nullsBesideAReadyNetworkChangeNothing() {
        String written = "{'ready': 'alexnet', 'name': null, 'dtype': null, 'batch': null, 'input': null,"
                + " 'layers': null, 'parameters': {'classes': null, 'resolution': null}}";

        assertThat(network(written).hash())
                .isEqualTo(network("{'ready': 'alexnet'}").hash());
    }

    @Test
    void aNullArgumentOfABlockTakesItsDefault() {
        String json = "{'input': [8, 8, 4], 'blocks': {'b': {'parameters': {'width': 5}, 'layers': ["
                + "{'type': 'conv2d', 'filters': '$width', 'kernel': 1}]}}, 'layers': ["
                + "{'type': 'block', 'block': 'b', 'parameters': {'width': null}}]}";

        assertThat(network(json).nodes().getFirst().shape()).hasToString("8×8×5");
    }

    @Test
    void aNullParameterOfTheNetworkIsNotGiven() {
        assertError(
                        "{'parameters': {'width': null}, 'input': [8, 8, 4], 'layers': ["
                                + "{'type': 'conv2d', 'filters': '$width', 'kernel': 1}]}",
                        "/layers/0/filters",
                        "conv2d_1")
                .isEqualTo("the parameter $width is used but not given");
    }

    @Test
    void aRequiredAttributeMayNotBeNull() {
        assertError(layers("{'type': 'conv2d', 'filters': null, 'kernel': 1}"), "/layers/0", "conv2d_1")
                .isEqualTo("conv2d needs \"filters\", an integer of at least 1, or an expression");
    }

    @Test
    void aNullWhereOnlyAValueFitsIsQuoted() {
        assertError(layers("{'type': 'conv2d', 'filters': 2, 'kernel': [1, null]}"), "/layers/0/kernel/1", "conv2d_1")
                .endsWith("got null");
        assertThat(errors("null").getFirst().detail()).endsWith("got null");
        assertThat(errors("").getFirst().detail()).endsWith("got nothing");
    }
}
