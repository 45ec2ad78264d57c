package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.described;
import static dev.tally.description.Descriptions.layers;
import static dev.tally.description.Descriptions.names;
import static dev.tally.description.Descriptions.network;
import static dev.tally.description.Descriptions.node;
import static dev.tally.description.Descriptions.takes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Network;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private static final String CONV = "{'name': 'c', 'type': 'conv2d', 'filters': '$width', 'kernel': 1}";

    @Test
    void parametersMayBeAListOfNames() {
        Network network = network(called("{'parameters': ['width'], 'layers': [" + CONV + "]}", "{'width': 7}"));

        assertThat(node(network, "b_1/c").shape()).hasToString("8×8×7");
    }

    @Test
    void parametersMayHaveDefaults() {
        String block = "{'parameters': {'width': 5, 'kernel': null}, 'layers': ["
                + "{'name': 'c', 'type': 'conv2d', 'filters': '$width', 'kernel': '$kernel'}]}";

        assertThat(node(network(called(block, "{'kernel': 3}")), "b_1/c").shape())
                .hasToString("6×6×5");
        assertThat(node(network(called(block, "{'kernel': 1, 'width': 9}")), "b_1/c")
                        .shape())
                .hasToString("8×8×9");
    }

    @Test
    void networkParametersAreVisibleInBlocks() {
        String json = "{'parameters': {'width': 6}, 'input': [8, 8, 4], 'blocks': {'b': {'layers': [" + CONV
                + "]}}, 'layers': [{'type': 'block', 'block': 'b'}]}";

        assertThat(node(network(json), "b_1/c").shape()).hasToString("8×8×6");
    }

    @Test
    void aBlocksParameterHidesTheNetworks() {
        String json = "{'parameters': {'width': 6}, 'input': [8, 8, 4], 'blocks': {'b': {'parameters': ['width'],"
                + " 'layers': [" + CONV
                + "]}}, 'layers': [{'type': 'block', 'block': 'b', 'parameters': {'width': '$width * 2'}}]}";

        assertThat(node(network(json), "b_1/c").shape()).hasToString("8×8×12");
    }

    @Test
    void aDefaultSeesTheNetworksParametersAndNotTheCallers() {
        String json = "{'parameters': {'width': 6}, 'input': [8, 8, 4], 'blocks': {"
                + "'inner': {'parameters': {'filters': '$width'}, 'layers': ["
                + "{'type': 'conv2d', 'filters': '$filters', 'kernel': 1}]},"
                + "'outer': {'parameters': ['width'], 'layers': [{'type': 'block', 'block': 'inner'}]}},"
                + "'layers': [{'type': 'block', 'block': 'outer', 'parameters': {'width': 2}}]}";

        assertThat(network(json).nodes().getFirst().shape()).hasToString("8×8×6");
    }

    @Test
    void blocksCallBlocks() {
        String json = "{'input': [8, 8, 4], 'blocks': {"
                + "'inner': {'parameters': ['width'], 'layers': [" + CONV + "]},"
                + "'outer': {'layers': [{'name': 'one', 'type': 'block', 'block': 'inner', 'parameters': {'width': 2}},"
                + "{'name': 'two', 'type': 'block', 'block': 'inner', 'parameters': {'width': 3}},"
                + "{'name': 'both', 'type': 'concat', 'from': ['one', 'two']}]}},"
                + "'layers': [{'name': 'o', 'type': 'block', 'block': 'outer'}]}";
        Network network = network(json);

        assertThat(names(network)).containsExactly("o/one/c", "o/two/c", "o/both");
        assertThat(takes(network, "o/both")).containsExactly("o/one/c", "o/two/c");
        assertThat(node(network, "o/both").shape()).hasToString("8×8×5");
    }

    @Test
    void aBlockGivesItsLastLayer() {
        Network network =
                network("{'input': [8, 8, 4], 'blocks': {'b': {'layers': [{'type': 'relu'}, {'type': 'sigmoid'}]}},"
                        + " 'layers': [{'type': 'block', 'block': 'b'}, {'name': 'next', 'type': 'tanh'}]}");

        assertThat(takes(network, "next")).containsExactly("b_1/sigmoid_1");
    }

    @Test
    void aBlockGivesItsNamedOutput() {
        Network network = network("{'input': [8, 8, 4], 'blocks': {'b': {'output': 'middle', 'layers': ["
                + "{'name': 'last', 'type': 'tanh', 'from': 'middle'}, {'name': 'middle', 'type': 'relu', 'from': 'input'}]}},"
                + " 'layers': [{'type': 'block', 'block': 'b'}, {'name': 'next', 'type': 'tanh'}]}");

        assertThat(takes(network, "next")).containsExactly("b_1/middle");
        assertThat(network.outputs()).extracting(Object::toString).hasSize(2);
    }

    @Test
    void inputInsideABlockIsWhatTheCallTakes() {
        String block = "'blocks': {'b': {'layers': [{'name': 'r', 'type': 'relu', 'from': 'input'}]}}";
        Network network = network("{'input': [8, 8, 4], " + block + ", 'layers': [{'name': 'first', 'type': 'sigmoid'},"
                + " {'name': 'x', 'type': 'block', 'block': 'b', 'from': 'input'},"
                + " {'name': 'sum', 'type': 'add', 'from': ['first', 'x']}]}");

        assertThat(takes(network, "x/r")).containsExactly("input");
        assertThat(takes(network, "sum")).containsExactly("first", "x/r");
    }

    @Test
    void inputInsideABlockIsAllThatTheCallTakes() {
        Network network = network("{'inputs': {'a': [8, 8, 4], 'b': [8, 8, 4]}, 'blocks': {'sum': {'layers': ["
                + "{'name': 'add', 'type': 'add', 'from': 'input'},"
                + "{'name': 'again', 'type': 'concat', 'from': ['add', 'input']}]}},"
                + "'layers': [{'name': 's', 'type': 'block', 'block': 'sum', 'from': ['a', 'b']}]}");

        assertThat(takes(network, "s/add")).containsExactly("a", "b");
        assertThat(takes(network, "s/again")).containsExactly("s/add", "a", "b");
    }

    @Test
    void aLayerIsFoundWhereItsBlockWroteIt() {
        Described described = described(called("{'parameters': ['width'], 'layers': [" + CONV + "]}", "{'width': 7}"));

        assertThat(described.origins().pointer(described.network().nodes().getFirst()))
                .isEqualTo("/blocks/b/layers/0");
    }

    @Test
    void callsMayNotLackAParameter() {
        assertError(called("{'parameters': ['width'], 'layers': [" + CONV + "]}", "{}"), "/layers/0/parameters", "b_1")
                .isEqualTo("the block \"b\" needs the parameter \"width\"");
    }

    @Test
    void callsMayNotGiveAnUnknownParameter() {
        String block = "{'parameters': {'width': 1}, 'layers': [" + CONV + "]}";

        assertError(called(block, "{'witdh': 2}"), "/layers/0/parameters/witdh", "b_1")
                .isEqualTo("the block \"b\" has no parameter \"witdh\"; did you mean \"width\"?");
        assertError(called(block, "{'depth': 2}"), "/layers/0/parameters/depth", "b_1")
                .isEqualTo("the block \"b\" has no parameter \"depth\"; it takes: width");
    }

    @Test
    void callsNameABlock() {
        assertError("{'input': [8, 8, 4], 'layers': [{'type': 'block', 'block': 'b'}]}", "/layers/0/block", "b_1")
                .isEqualTo("expected \"block\", the name of one of the network's blocks, got the string \"b\";"
                        + " the network has no \"blocks\"");
        assertError(
                        "{'input': [8, 8, 4], 'blocks': {'inception': {'layers': [{'type': 'relu'}]}},"
                                + " 'layers': [{'type': 'block', 'block': 'incepton'}]}",
                        "/layers/0/block",
                        "incepton_1")
                .endsWith("did you mean \"inception\"?");
        assertError(
                        "{'input': [8, 8, 4], 'blocks': {'inception': {'layers': [{'type': 'relu'}]}},"
                                + " 'layers': [{'type': 'inception'}]}",
                        "/layers/0/type",
                        "inception_1")
                .isEqualTo("unknown layer type \"inception\"; it is a block: {\"type\": \"block\", \"block\":"
                        + " \"inception\"}");
    }

    @Test
    void blocksMayNotCallThemselves() {
        assertError(
                        "{'input': [8, 8, 4], 'blocks': {'b': {'layers': [{'type': 'block', 'block': 'b'}]}},"
                                + " 'layers': [{'type': 'block', 'block': 'b'}]}",
                        "/blocks/b/layers/0/block",
                        "b_1/b_1")
                .isEqualTo("the blocks call each other in a circle: b → b");
    }

    @Test
    void blocksMayNotCallEachOtherInACircle() {
        assertError(
                        "{'input': [8, 8, 4], 'blocks': {'a': {'layers': [{'type': 'block', 'block': 'b'}]},"
                                + " 'b': {'layers': [{'type': 'relu'}, {'type': 'block', 'block': 'a'}]}},"
                                + " 'layers': [{'type': 'block', 'block': 'a'}]}",
                        "/blocks/b/layers/1/block",
                        "a_1/b_1/a_1")
                .isEqualTo("the blocks call each other in a circle: a → b → a");
    }

    @Test
    void aBlocksOutputIsOneOfItsLayers() {
        assertError(
                        "{'input': [8, 8, 4], 'blocks': {'b': {'output': 'rleu', 'layers': [{'name': 'relu', 'type': 'relu'}]}},"
                                + " 'layers': [{'type': 'block', 'block': 'b'}]}",
                        "/blocks/b/output",
                        "")
                .isEqualTo("expected the name of a layer of this block, got the string \"rleu\"; did you mean"
                        + " \"relu\"?");
    }

    private static String called(String block, String parameters) {
        return "{'input': [8, 8, 4], 'blocks': {'b': " + block + "}, 'layers': [{'type': 'block', 'block': 'b',"
                + " 'parameters': " + parameters + "}]}";
    }

    @Test
    void whatIsRepeatedNoTimeHandsOnWhatItWouldTake() {
        Network network = network("{'input': [8, 8, 4], 'parameters': {'depth': 1}, 'blocks': {'b': {'layers': ["
                + "{'type': 'relu', 'repeat': '$depth - 1'}, {'type': 'tanh', 'repeat': '$depth - 1'}]}}, 'layers': ["
                + "{'name': 'first', 'type': 'conv2d', 'filters': 2, 'kernel': 1},"
                + "{'name': 'rest', 'type': 'conv2d', 'filters': 2, 'kernel': 1, 'activation': 'relu', 'repeat': '$depth - 1'},"
                + "{'name': 'blocks', 'type': 'block', 'block': 'b', 'repeat': 2},"
                + "{'name': 'end', 'type': 'softmax'}, {'name': 'other', 'type': 'identity', 'from': 'rest'}]}");

        assertThat(names(network)).containsExactly("first", "end", "other");
        assertThat(takes(network, "end")).containsExactly("first");
        assertThat(takes(network, "other")).containsExactly("first");
    }

    @Test
    void whatIsRepeatedNoTimeTakesOneInput() {
        assertError(
                        layers("{'name': 'a', 'type': 'relu'}, {'type': 'add', 'from': ['a', 'input'], 'repeat': 0},"
                                + " {'type': 'relu', 'repeat': 1}"),
                        "/layers/1/repeat",
                        "add_1")
                .isEqualTo(
                        "a layer that is repeated 0 times hands on the one input that it would take; this one takes 2");
    }

    @Test
    void whatIsRepeatedNoTimeMustNotLeadToItself() {
        assertError(
                        layers("{'name': 'a', 'type': 'relu', 'from': 'b', 'repeat': 0},"
                                + " {'name': 'b', 'type': 'relu', 'from': 'a', 'repeat': 0}, {'type': 'relu'}"),
                        "/layers/0/from",
                        "a")
                .isEqualTo("this layer is repeated 0 times, and what it hands on leads back to itself");
    }

    /** Each of 5,000 takes the one before it, all of which are left out; 5,000 more take the last of them. */
    @Test
    void manyThatAreLeftOutCostNoMoreThanAsManyLayers() {
        String leftOut = "{'type': 'relu', 'repeat': 0}, ".repeat(5_000);
        String takers = ", {'type': 'tanh', 'from': 'relu_5000'}".repeat(4_900);
        Network network =
                network(layers("{'name': 'a', 'type': 'elu'}, " + leftOut + "{'name': 'b', 'type': 'elu'}" + takers));

        assertThat(takes(network, "b")).containsExactly("a");
        assertThat(takes(network, "tanh_4900")).containsExactly("a");
    }
}
