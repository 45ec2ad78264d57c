package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.errors;
import static dev.tally.description.Descriptions.layers;
import static dev.tally.description.Descriptions.names;
import static dev.tally.description.Descriptions.network;
import static dev.tally.description.Descriptions.takes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void namesLeftOutAreTheTypeAndANumber() {
        assertThat(names(network(layers("{'type': 'relu'}, {'type': 'tanh'}, {'type': 'relu'}"))))
                .containsExactly("relu_1", "tanh_1", "relu_2");
    }

    @Test
    void namesMadeUpKeepClearOfNamesGiven() {
        assertThat(names(network(layers("{'type': 'relu'}, {'type': 'tanh', 'name': 'relu_1'}"))))
                .containsExactly("relu_2", "relu_1");
    }

    @Test
    void aLayerTakesTheOneBeforeIt() {
        Network network = network(layers("{'type': 'relu'}, {'type': 'tanh'}"));

        assertThat(takes(network, "relu_1")).containsExactly("input");
        assertThat(takes(network, "tanh_1")).containsExactly("relu_1");
    }

    @Test
    void theOrderInTheFileNeedNotBeTopological() {
        Network network = network(layers("{'name': 'last', 'type': 'add', 'from': ['b', 'a']},"
                + "{'name': 'b', 'type': 'relu', 'from': 'a'}, {'name': 'a', 'type': 'relu', 'from': 'input'}"));

        assertThat(names(network)).containsExactly("a", "b", "last");
        assertThat(takes(network, "last")).containsExactly("b", "a");
    }

    @Test
    void severalInputsGoByTheirNames() {
        Network network = network("{'inputs': {'left': [8, 8, 4], 'right': [8, 8, 2]}, 'layers': ["
                + "{'name': 'both', 'type': 'concat', 'from': ['right', 'left']}]}");

        assertThat(takes(network, "both")).containsExactly("right", "left");
        assertThat(network.inputs()).extracting(Object::toString).containsExactly("left 8×8×4", "right 8×8×2");
    }

    @Test
    void oneOfSeveralInputsMayBeCalledInput() {
        Network network = network(
                "{'inputs': {'input': [8, 8, 4], 'other': [8, 8, 4]}, 'layers': ["
                        + "{'name': 'r', 'type': 'relu', 'from': 'input'}, {'name': 's', 'type': 'add', 'from': ['r', 'other']}]}");

        assertThat(takes(network, "r")).containsExactly("input");
    }

    @Test
    void theFirstOfTheLayersSaysWhichOfSeveralInputsItTakes() {
        assertError("{'inputs': {'a': [8, 8, 4], 'b': [8, 8, 4]}, 'layers': [{'type': 'add'}]}", "/layers/0", "add_1")
                .isEqualTo("the network has several inputs: the first layer needs \"from\", one or more of a, b");
    }

    @Test
    void whatALayerTakesMustExist() {
        assertError(
                        layers("{'name': 'stem', 'type': 'relu'}, {'type': 'tanh', 'from': ['stem', 'stme']}"),
                        "/layers/1/from/1",
                        "tanh_1")
                .isEqualTo("there is no layer or input named \"stme\" here; did you mean \"stem\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "{}", "[]", "[['a']]", "[null]"})
    void whatALayerTakesIsANameOrAListOfNames(String from) {
        assertThat(errors(layers("{'type': 'relu', 'from': " + from + "}")))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.pointer()).startsWith("/layers/0/from");
                    assertThat(error.layer()).isEqualTo("relu_1");
                    assertThat(error.detail()).startsWith("expected ").contains("got ");
                });
    }

    @Test
    void noTwoLayersOfAListHaveOneName() {
        assertError(layers("{'name': 'a', 'type': 'relu'}, {'name': 'a', 'type': 'tanh'}"), "/layers/1/name", "a")
                .isEqualTo("the name \"a\" is already taken");
    }

    @Test
    void noLayerIsNamedLikeAnInput() {
        assertError(layers("{'name': 'input', 'type': 'relu'}"), "/layers/0/name", "input")
                .isEqualTo("the name \"input\" is already taken: it is what the network or block is given");
        assertError("{'inputs': {'a': [8, 8, 4]}, 'layers': [{'name': 'a', 'type': 'relu'}]}", "/layers/0/name", "a")
                .isEqualTo("the name \"a\" is already taken");
    }

    @Test
    void noLayerIsNamedLikeALayerInsideABlock() {
        assertError(inBlockB("{'name': 'b/c', 'type': 'relu'}"), "/layers/1/name", "b/c")
                .isEqualTo("the name \"b/c\" is already taken");
    }

    /** References inside the block would mean the other one's layers. */
    @Test
    void noCallIsNamedLikeALayerInsideABlock() {
        assertError(
                        inBlockB("{'name': 'b/c', 'type': 'block', 'block': 'other'}"),
                        "/blocks/called/layers/0/name",
                        "b/c")
                .isEqualTo("the name \"b/c\" is already taken");
        assertError(inBlockB("{'name': 'b/c', 'type': 'relu', 'repeat': 2}"), "/blocks/called/layers/0/name", "b/c")
                .isEqualTo("the name \"b/c\" is already taken");
    }

    @Test
    void noTwoCallsHaveOneNameWhenExpanded() {
        String json = "{'input': [8, 8, 4], 'blocks': {'relu': {'layers': [{'name': 'x', 'type': 'relu'}]},"
                + " 'nest': {'layers': [{'name': 'c', 'type': 'block', 'block': 'relu'}]},"
                + " 'tanh': {'layers': [{'name': 'y', 'type': 'tanh'}]}}, 'layers': ["
                + "{'name': 'b', 'type': 'block', 'block': 'nest'},"
                + "{'name': 'b/c', 'type': 'block', 'block': 'tanh'}]}";

        assertError(json, "/layers/1/name", "b/c").isEqualTo("the name \"b/c\" is already taken");
    }

    @Test
    void cyclesAreNamed() {
        assertError(
                        layers("{'name': 'a', 'type': 'add', 'from': ['input', 'c']},"
                                + "{'name': 'b', 'type': 'relu'}, {'name': 'c', 'type': 'relu'}"),
                        "/layers/1",
                        "b")
                .isEqualTo("the layers feed each other in a cycle: \"b\" → \"c\" → \"a\" → \"b\"");
        assertError(layers("{'name': 'a', 'type': 'relu', 'from': 'a'}"), "/layers/0/from", "a")
                .isEqualTo("the layers feed each other in a cycle: \"a\" → \"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' a'", "'-a'", "'/a'", "'a\\u0000'", "'a\\u202e'", "7", "true", "{}"})
    void namesBeginWithALetterADigitOrAnUnderscoreAndArePrintable(String name) {
        assertThat(errors(layers("{'name': " + name + ", 'type': 'relu'}")))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.pointer()).isEqualTo("/layers/0/name");
                    assertThat(error.detail()).startsWith("expected a name").contains("got ");
                });
    }

    @Test
    void outputsGoByNameAlsoInsideABlock() {
        Network network = network("{'input': [8, 8, 4], 'blocks': {'called': {'layers': ["
                + "{'name': 'c', 'type': 'conv2d', 'filters': 2, 'kernel': 1, 'activation': 'relu'},"
                + "{'name': 'd', 'type': 'tanh'}]}}, 'outputs': ['b/c', 'b', 'r'], 'layers': ["
                + "{'name': 'b', 'type': 'block', 'block': 'called'},"
                + "{'name': 'r', 'type': 'relu', 'repeat': 2}]}");

        assertThat(network.outputs()).extracting(source -> source.name()).containsExactly("b/c/relu", "b/d", "r/1");
    }

    @Test
    void outputsExistAndAreNamedOnce() {
        String relu = "{'input': [8, 8, 4], 'layers': [{'name': 'r', 'type': 'relu'}], 'outputs': ";

        assertThat(errors(relu + "['x']}"))
                .contains(new DescriptionError("there is no layer named \"x\"", "/outputs", ""));
        assertError(relu + "['r', 'r']}", "/outputs", "").isEqualTo("\"r\" is named twice");
        assertError(relu + "[]}", "/outputs", "").isEqualTo("expected a list of layers' names, got []");
        assertError(relu + "'r'}", "/outputs", "").isEqualTo("expected a list of layers' names, got the string \"r\"");
    }

    @Test
    void everyLayerLeadsToAnOutput() {
        assertError(
                        "{'input': [8, 8, 4], 'layers': [{'name': 'r', 'type': 'relu'}, {'name': 's', 'type': 'relu'}],"
                                + " 'outputs': ['r']}",
                        "/layers/1",
                        "s")
                .isEqualTo("no layer takes \"s\" and it is not among the outputs");
    }

    @Test
    void everyInputLeadsToAnOutput() {
        assertError(
                        "{'inputs': {'a': [8, 8, 4], 'b': [8, 8, 4]}, 'layers': [{'type': 'relu', 'from': 'a'}]}",
                        "/inputs",
                        "")
                .isEqualTo("no layer takes the input \"b\"");
    }

    private static String inBlockB(String second) {
        return "{'input': [8, 8, 4], 'blocks': {'called': {'layers': [{'name': 'c', 'type': 'relu'},"
                + " {'name': 'd', 'type': 'tanh', 'from': 'c'}]}, 'other': {'layers': [{'type': 'relu'}]}},"
                + " 'layers': [{'name': 'b', 'type': 'block', 'block': 'called'}, " + second + "]}";
    }
}
