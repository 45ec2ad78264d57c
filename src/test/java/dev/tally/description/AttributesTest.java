package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.layers;
import static dev.tally.description.Descriptions.names;
import static dev.tally.description.Descriptions.network;
import static dev.tally.description.Descriptions.node;
import static dev.tally.description.Descriptions.takes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Convolution;
import dev.tally.network.Network;
import dev.tally.network.Padding;
import dev.tally.network.Pooling;
import dev.tally.network.WindowAxis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {
    @Test
    void attributesLeftOutTakeTheirDefaults() {
        Convolution convolution = convolution("'kernel': 3");

        assertThat(convolution.window().axes())
                .containsExactly(new WindowAxis(3, 1, 1, Padding.VALID), new WindowAxis(3, 1, 1, Padding.VALID));
        assertThat(convolution.groups()).isEqualTo(1);
        assertThat(convolution.bias()).isTrue();
    }

    @Test
    void aWindowHasOneValueForAllAxesOrOneAnAxis() {
        assertThat(convolution("'kernel': [1, 3], 'stride': [2, 1], 'dilation': [1, 2], 'padding': [0, 2]")
                        .window()
                        .axes())
                .containsExactly(
                        new WindowAxis(1, 2, 1, new Padding.Explicit(0, 0)),
                        new WindowAxis(3, 1, 2, new Padding.Explicit(2, 2)));
        assertThat(convolution("'kernel': [3]").window().kernel()).containsExactly(3, 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'valid'          | 6×6×2",
                "'same'           | 8×8×2",
                "'same_lower'     | 8×8×2",
                "0                | 6×6×2",
                "2                | 10×10×2",
                "[1, 2]           | 8×10×2",
                "[[0, 1], [2, 3]] | 7×11×2",
                "[[1, 0]]         | 7×7×2",
                "[1, [0, 3]]      | 8×9×2",
                "'$one'           | 8×8×2",
                "['$one', '$one * 2']  | 8×10×2",
                "[['$one', 0], [0, 0]] | 7×6×2",
            })
    void paddingIsAWordANumberOrOneNumberOrPairAnAxis(String padding, String output) {
        Network network = network("{'parameters': {'one': 1}, 'input': [8, 8, 4], 'layers': ["
                + "{'name': 'c', 'type': 'conv2d', 'filters': 2, 'kernel': 3, 'padding': " + padding + "}]}");

        assertThat(node(network, "c").shape()).hasToString(output);
    }

    @Test
    void aPoolsStrideIsItsKernel() {
        Pooling pooling = (Pooling) network(layers("{'type': 'max_pool2d', 'kernel': [2, 4]}"))
                .nodes()
                .getFirst()
                .layer();

        assertThat(pooling.window().axes()).extracting(WindowAxis::stride).containsExactly(2, 4);
    }

    @Test
    void anActivationBecomesALayerOfItsOwn() {
        Network network = network(
                layers(
                        "{'name': 'c', 'type': 'conv2d', 'filters': 2, 'kernel': 1, 'activation': 'relu6'},"
                                + "{'name': 'd', 'type': 'dense', 'units': 3}, {'name': 'e', 'type': 'concat', 'from': ['c', 'd']}"));

        assertThat(names(network)).containsExactly("c", "c/relu6", "d", "e");
        assertThat(takes(network, "c/relu6")).containsExactly("c");
        assertThat(takes(network, "d")).containsExactly("c/relu6");
        assertThat(takes(network, "e")).containsExactly("c/relu6", "d");
    }

    @Test
    void repeatChainsALayer() {
        Network network = network(
                layers("{'name': 'c', 'type': 'conv2d', 'filters': 2, 'kernel': 3, 'activation': 'relu', 'repeat': 2},"
                        + "{'name': 'd', 'type': 'tanh'}"));

        assertThat(names(network)).containsExactly("c/0", "c/0/relu", "c/1", "c/1/relu", "d");
        assertThat(takes(network, "c/1")).containsExactly("c/0/relu");
        assertThat(takes(network, "d")).containsExactly("c/1/relu");
        assertThat(node(network, "d").shape()).hasToString("4×4×2");
    }

    @Test
    void repeatChainsABlock() {
        Network network = network("{'input': [8, 8, 4], 'blocks': {'b': {'layers': [{'name': 'r', 'type': 'relu'},"
                + " {'name': 'a', 'type': 'add', 'from': ['r', 'input']}]}}, 'layers': ["
                + "{'name': 'x', 'type': 'block', 'block': 'b', 'repeat': 2}]}");

        assertThat(names(network)).containsExactly("x/0/r", "x/0/a", "x/1/r", "x/1/a");
        assertThat(takes(network, "x/1/a")).containsExactly("x/1/r", "x/0/a");
    }

    @Test
    void indexCountsTheRepetitionsFromZero() {
        Network network = network(
                layers("{'name': 'c', 'type': 'conv2d', 'filters': '2 + $index * 3', 'kernel': 1, 'repeat': 3}"));

        assertThat(network.nodes())
                .extracting(node -> node.shape().toString())
                .containsExactly("8×8×2", "8×8×5", "8×8×8");
    }

    @Test
    void indexIsGivenToABlockAsAParameter() {
        Network network = network("{'input': [8, 8, 4], 'blocks': {'b': {'parameters': ['n'], 'layers': ["
                + "{'type': 'conv2d', 'filters': '$n', 'kernel': 1}]}}, 'layers': ["
                + "{'type': 'block', 'block': 'b', 'repeat': 2, 'parameters': {'n': '$index + 1'}}]}");

        assertThat(network.nodes()).extracting(node -> node.shape().toString()).containsExactly("8×8×1", "8×8×2");
    }

    @Test
    void channelsMayStandFirst() {
        Network network = network(
                "{'layout': 'channels_first', 'input': [4, 8, 6], 'layers': ["
                        + "{'type': 'conv2d', 'filters': 2, 'kernel': [3, 1]}, {'type': 'concat', 'from': ['conv2d_1', 'conv2d_1']}]}");

        assertThat(network.nodes()).extracting(node -> node.shape().toString()).containsExactly("2×6×6", "4×6×6");
    }

    @Test
    void everyTypeOfTheTableIsDescribed() {
        assertThat(LayerTypes.all()).hasSizeGreaterThan(30).allSatisfy(type -> {
            assertThat(type.summary()).endsWith(".");
            assertThat(type.counts()).isNotEmpty();
            assertThat(type.attributes()).allSatisfy(attribute -> {
                assertThat(attribute.help()).endsWith(".");
                assertThat(attribute.kind().expected()).isNotEmpty();
            });
        });
    }

    /** An alias that is also a name would never be offered; two owners of one would be a guess. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swish     | ; did you mean \"silu\"?",
                "HardSwish | ; did you mean \"hard_swish\"?",
                "exp       | ; did you mean \"exponential\"?",
                "softmax   | ; it is a layer of its own: {\"type\": \"softmax\"}",
            })
    void anUnknownActivationIsToldWhatItMayHaveMeant(String written, String help) {
        assertError(
                        layers("{'type': 'conv2d', 'filters': 2, 'kernel': 1, 'activation': '" + written + "'}"),
                        "/layers/0/activation",
                        "conv2d_1")
                .endsWith("got the string \"" + written + "\"" + help);
    }

    @Test
    void aSeparableConvolutionIsTwoLayersAndItsActivation() {
        Network network = network(layers("{'name': 's', 'type': 'separable_conv2d', 'filters': 6, 'kernel': 3,"
                + " 'depthMultiplier': 2, 'activation': 'relu'}, {'type': 'identity', 'from': 's'}"));

        assertThat(names(network)).containsExactly("s/depthwise", "s/pointwise", "s/relu", "identity_1");
        assertThat(network.nodes())
                .extracting(node -> node.layer().getClass().getSimpleName())
                .containsExactly("DepthwiseConvolution", "Convolution", "Activation", "Identity");
        assertThat(network.nodes().get(1).weights())
                .extracting(slot -> slot.shape().toString())
                .containsExactly("6×8×1×1", "6");
    }

    @Test
    void noAliasIsAName() {
        List<String> names = LayerTypes.all().stream()
                .map(type -> NearestName.normalise(type.name()))
                .toList();
        List<String> aliases = LayerTypes.all().stream()
                .flatMap(type -> type.aliases().stream())
                .map(NearestName::normalise)
                .toList();

        assertThat(aliases).doesNotContainAnyElementsOf(names).doesNotHaveDuplicates();
    }

    private static Convolution convolution(String attributes) {
        return (Convolution) network(layers("{'type': 'conv2d', 'filters': 2, " + attributes + "}"))
                .nodes()
                .getFirst()
                .layer();
    }
}
