package dev.tally.description;

import static dev.tally.description.Descriptions.described;
import static dev.tally.description.Descriptions.errors;
import static dev.tally.description.Descriptions.layers;
import static dev.tally.description.Descriptions.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.network.Network;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** No document costs much more to refuse than to read: each of these would run for minutes or fill the memory. */
@Timeout(20)
class BoundsTest {
    private static final String TOO_MANY_LAYERS =
            "the network has more than 10000 layers when its blocks and repeats are expanded";
    private static final String TOO_MUCH_WORK =
            "the network has more than 400000 steps to work out when its blocks and repeats are expanded";
    private static final String TOO_MANY_NAMES = "the network has more than 10000000 characters in the names that its"
            + " layers take and give when its blocks and repeats are expanded";
    private static final String TOO_MANY_INPUTS =
            "the network has more than 100000 inputs over all layers when its blocks and repeats are expanded";

    /** 490 characters taken 99,000 times: the answer would repeat 48 million. */
    @Test
    void namesThatAnAnswerWouldRepeatTooOftenAreRefused() {
        String name = "n".repeat(490);
        String takers =
                ", {'type': 'concat', 'from': [" + ("'" + name + "', ").repeat(989) + "'" + name + "'], 'repeat': 1}";

        assertOnly(
                TOO_MANY_NAMES,
                "{'input': [1], 'layers': [{'name': '" + name + "', 'type': 'relu'}" + takers.repeat(2)
                        + ", {'name': 'b', 'type': 'block', 'block': 'b', 'repeat': 100}], 'blocks': {'b': {'layers': ["
                        + "{'name': '" + name.substring(9) + "', 'type': 'relu'}"
                        + (", {'type': 'concat', 'from': [" + ("'" + name.substring(9) + "', ").repeat(450) + "'"
                                + name.substring(9) + "']}")
                        + "]}}}");
    }

    /** 31 blocks within each other, repeated 10,000 times: 310,000 names of up to 480 characters. */
    @Test
    void pathsOfDeepBlocksAreBounded() {
        StringBuilder blocks = new StringBuilder("'b30': {'layers': [{'type': 'relu'}]}");
        for (int i = 0; i < 30; i++) {
            blocks.append(", 'b")
                    .append(i)
                    .append("': {'layers': [{'name': 'fourteen_chars', 'type': 'block', 'block': 'b")
                    .append(i + 1)
                    .append("'}]}");
        }

        assertOnly(
                TOO_MANY_NAMES,
                "{'input': [1], 'blocks': {" + blocks
                        + "}, 'layers': [{'type': 'block', 'block': 'b0', 'repeat': 10000}]}");
    }

    /** 31 blocks with 100 defaults each, called 10,000 times: 31 million expressions. */
    @Test
    void defaultsOfBlocksAreBounded() {
        StringBuilder blocks = new StringBuilder("'b30': {'layers': [{'type': 'relu'}]}");
        String defaults = IntStream.range(0, 100)
                .mapToObj(i -> "'p" + i + "': '1" + " + 1".repeat(40) + "'")
                .collect(Collectors.joining(", "));
        for (int i = 0; i < 30; i++) {
            blocks.append(", 'b")
                    .append(i)
                    .append("': {'parameters': {")
                    .append(defaults)
                    .append("}, 'layers': [{'name': 'x', 'type': 'block', 'block': 'b")
                    .append(i + 1)
                    .append("'}]}");
        }

        assertOnly(
                TOO_MUCH_WORK,
                "{'input': [1], 'blocks': {" + blocks
                        + "}, 'layers': [{'type': 'block', 'block': 'b0', 'repeat': 10000}]}");
    }

    @Test
    void aNetworkHasAtMost256Parameters() {
        String parameters =
                IntStream.range(0, 257).mapToObj(i -> "'p" + i + "': 1").collect(Collectors.joining(", "));

        assertOnly(
                "expected at most 256 parameters, got 257",
                "{'input': [1], 'parameters': {" + parameters + "}, 'layers': [{'type': 'relu'}]}");
    }

    @Test
    void aListOfMoreThan10000LayersIsNotRead() {
        assertOnly(
                "expected at most 10000 layers, got 10001",
                "{'input': [1], 'layers': [{}" + ", {}".repeat(10_000) + "]}");
    }

    @Test
    void tenThousandLayersAreANetwork() {
        assertThat(network(layers("{'type': 'relu', 'repeat': 10000}")).nodes()).hasSize(10_000);
        assertOnly(TOO_MANY_LAYERS, layers("{'type': 'relu', 'repeat': 10001}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'relu'}",
                "{'type': 'conv2d', 'filters': 1, 'kernel': 1, 'activation': 'relu'}",
                "{'type': 'conv2d', 'filters': '1 - 1', 'kernel': 1}",
                "{'type': 'dropout', 'rate': 5}",
                "{'type': 'block', 'block': 'self'}"
            })
    void nestedRepeatsEndAtOnce(String innermost) {
        String json = "{'input': [8, 8, 4], 'blocks': {"
                + "'self': {'layers': [{'type': 'relu'}, {'type': 'block', 'block': 'self', 'repeat': 2147483647}]},"
                + "'a': {'layers': [" + innermost.replace("}", ", 'repeat': 2147483647}") + "]},"
                + "'b': {'layers': [{'type': 'block', 'block': 'a', 'repeat': 2147483647}]}},"
                + "'layers': [{'type': 'block', 'block': 'b', 'repeat': 2147483647}]}";

        assertThat(errors(json)).isNotEmpty().hasSizeLessThanOrEqualTo(51);
    }

    @Test
    void blocksThatCallTwoBlocksEachEndAtOnce() {
        String blocks = IntStream.range(0, 30)
                .mapToObj(i -> "'b" + i + "': {'layers': [" + call(i + 1) + "," + call(i + 1) + "]}")
                .collect(Collectors.joining(","));

        assertOnly(
                TOO_MANY_LAYERS,
                "{'input': [8, 8, 4], 'blocks': {" + blocks + ", 'b30': {'layers': [{'type': 'relu'}]}}, 'layers': ["
                        + call(0) + "]}");
    }

    @Test
    void blocksNestUpTo32Deep() {
        String blocks = IntStream.range(0, 40)
                .mapToObj(i -> "'b" + i + "': {'layers': [" + (i == 39 ? "{'type': 'relu'}" : call(i + 1)) + "]}")
                .collect(Collectors.joining(","));

        assertOnly(
                "blocks call each other more than 32 deep",
                "{'input': [8, 8, 4], 'blocks': {" + blocks + "}, 'layers': [" + call(0) + "]}");
    }

    @Test
    void manyInputsTimesManyRepeatsEndAtOnce() {
        String names = String.join(",", Collections.nCopies(50_000, "'input'"));
        String concat = "{'type': 'concat', 'from': [" + names + "]}";

        assertOnly(
                TOO_MANY_INPUTS,
                "{'input': [8, 8, 4], 'blocks': {'b': {'layers': [" + concat
                        + "]}}, 'layers': [{'type': 'block', 'block': 'b', 'repeat': 2147483647}]}");
    }

    @Test
    void callsThatTakeManyInputsEndAtOnce() {
        String names = String.join(",", Collections.nCopies(100_000, "'input'"));
        String inner =
                "'inner': {'layers': [{'name': 'r', 'type': 'conv2d', 'filters': '0 * 1', 'kernel': 1, 'from': 'r'}]}";
        String outer = "'outer': {'layers': [{'type': 'block', 'block': 'inner', 'from': [" + names + "]}]}";

        assertThat(errors("{'input': [8, 8, 4], 'blocks': {" + inner + "," + outer
                        + "}, 'layers': [{'type': 'block', 'block': 'outer', 'repeat': 10000}]}"))
                .extracting(DescriptionError::detail)
                .contains(TOO_MUCH_WORK);
    }

    @Test
    void inputsMultipliedByBlocksEndAtOnce() {
        String blocks = IntStream.range(0, 20)
                .mapToObj(i -> "'b" + i + "': {'layers': [{'type': 'block', 'block': 'b" + (i + 1)
                        + "', 'from': ['input', 'input', 'input', 'input']}]}")
                .collect(Collectors.joining(","));

        assertOnly(
                TOO_MUCH_WORK,
                "{'input': [8, 8, 4], 'blocks': {" + blocks + ", 'b20': {'layers': [{'type': 'concat'}]}}, 'layers': ["
                        + call(0) + "]}");
    }

    @Test
    void listsOfOneValueAnAxisAreShort() {
        String many = String.join(",", Collections.nCopies(100_000, "'$index - 20000'"));

        assertOnly(
                "expected one value, or one per spatial axis, got 100000 values",
                layers("{'type': 'conv2d', 'filters': 1, 'kernel': [" + many + "], 'repeat': 10000}"));
    }

    @Test
    void blocksHaveFewParameters() {
        String names =
                IntStream.range(0, 50_000).mapToObj(i -> "'p" + i + "': 1").collect(Collectors.joining(","));

        assertOnly(
                "expected at most 100 parameters of a block, got 50000",
                "{'input': [8, 8, 4], 'blocks': {'b': {'parameters': {" + names + "}, 'layers': [{'type': 'relu'}]}},"
                        + " 'layers': [{'type': 'block', 'block': 'b', 'repeat': 10000}]}");
    }

    @Test
    void everyWrongNameOfManyIsAnsweredAtOnce() {
        String parameters = IntStream.range(0, 50_000)
                .mapToObj(i -> "'parameter" + i + "': 1")
                .collect(Collectors.joining(","));
        String wrong = IntStream.range(0, 1000)
                .mapToObj(i -> "{'type': 'dense', 'units': '$parmeter" + i + "', 'from': 'parmeter" + i + "'}")
                .collect(Collectors.joining(","));

        assertThat(errors("{'parameters': {" + parameters + "}, 'input': [8, 8, 4], 'layers': [" + wrong + "]}"))
                .hasSize(51);
    }

    @Test
    void oneFaultOfTenThousandLayersIsOneError() {
        assertThat(errors(layers("{'type': 'conv2d', 'filters': 4, 'kernel': 1},"
                        + "{'type': 'conv2d', 'filters': 4, 'kernel': 1, 'groups': 3, 'from': 'input', 'name': 'x'},"
                        + IntStream.range(0, 9000)
                                .mapToObj(i -> "{'type': 'relu', 'from': ['input', 'conv2d_1']}")
                                .collect(Collectors.joining(",")))))
                .hasSize(51);
        assertThat(
                        errors(
                                "{'input': [8, 8, 4], 'blocks': {'b': {'layers': [{'type': 'max_pool1d', 'kernel': 1, 'from': 'input'},"
                                        + "{'type': 'relu', 'from': 'input'}]}}, 'layers': [{'type': 'block', 'block': 'b', 'repeat': 5000}]}"))
                .hasSize(1);
    }

    @Test
    void manyOutputsAreCheckedAtOnce() {
        String outputs =
                IntStream.range(0, 10_000).mapToObj(i -> "'r/" + i + "'").collect(Collectors.joining(","));
        String again = String.join(",", Collections.nCopies(100_000, "'r/9999'"));

        assertOnly(
                "\"r/9999\" is named twice",
                "{'input': [8, 8, 4], 'layers': [{'name': 'r', 'type': 'relu', 'repeat': 10000}], 'outputs': ["
                        + outputs + "," + again + "]}");
    }

    @Test
    void reportsAtMostAboutFiftyErrors() {
        List<DescriptionError> errors = errors(
                layers(String.join(",", Collections.nCopies(500, "{'type': 'conv2d', 'filters': 0, 'kernel': 0}"))));

        assertThat(errors).hasSize(51).doesNotHaveDuplicates();
        assertThat(errors.getLast())
                .isEqualTo(new DescriptionError("there may be more errors: reading stopped after 50", "", ""));
    }

    @Test
    void messagesStayShortWhateverIsSent() {
        String longest = "x".repeat(40_000);
        for (String json : List.of(
                layers("{'type': '" + longest + "'}"),
                layers("{'type': 'relu', '" + longest + "': 1}"),
                layers("{'type': 'relu', 'name': '" + longest + "'}"),
                layers("{'type': 'relu', 'from': '" + longest + "'}"),
                layers("{'type': 'dense', 'units': '$" + longest + "'}"),
                layers("{'type': 'dense', 'units': ['" + longest + "']}"),
                layers("{'type': 'conv2d', 'filters': 1, 'kernel': 1, 'activation': '" + longest + "'}"),
                "{'" + longest + "': 1, 'input': [1], 'layers': [{'type': 'relu'}]}",
                "{'parameters': {'" + longest + "': 1}, 'input': [1], 'layers': [{'type': 'dense', 'units': '$w'}]}",
                "{'inputs': {'" + longest + "': [1]}, 'layers': [{'type': 'relu'}]}",
                "{'blocks': {'" + longest + "': {'parameters': ['" + longest
                        + "'], 'layers': [{'type': 'block', 'block': '"
                        + longest
                        + "', 'parameters': {'a': 1}}]}}, 'input': [1], 'layers': [{'type': 'block', 'block': '"
                        + longest + "', 'parameters': {'b': 1}}]}",
                "{'blocks': {'" + longest + "': {'layers': [{'type': 'block', 'block': '" + longest
                        + "'}]}}, 'input': [1], 'layers': [{'type': 'block', 'block': '" + longest + "'}]}",
                "{'ready': '" + longest + "'}",
                "{'ready': 'alexnet', 'parameters': {'" + longest + "': 1}}",
                "'" + longest + "'")) {
            assertThat(errors(json)).isNotEmpty().allSatisfy(error -> {
                assertThat(error.detail()).hasSizeLessThan(400);
                assertThat(error.pointer()).hasSizeLessThan(1200);
                assertThat(error.layer()).hasSizeLessThan(100);
            });
        }
    }

    @Test
    void longNamesOfManyThingsMakeNoLongMessage() {
        String names =
                IntStream.range(0, 60).mapToObj(i -> "x".repeat(500) + i).collect(Collectors.joining("': [1], '"));

        assertThat(errors("{'inputs': {'" + names + "': [1]}, 'layers': [{'type': 'relu'}]}"))
                .allSatisfy(error -> assertThat(error.detail()).hasSizeLessThan(2500));
    }

    @Test
    void namesOfLayersInBlocksStayReadable() {
        String block = "b".repeat(300);
        assertThat(errors(
                        "{'input': [8, 8, 4], 'blocks': {'a': {'layers': [{'name': '" + block + "', 'type': 'relu'}]}},"
                                + " 'layers': [{'name': '" + block + "', 'type': 'block', 'block': 'a'}]}"))
                .singleElement()
                .satisfies(error -> assertThat(error.detail())
                        .isEqualTo("the name of this layer, with those of the blocks around it, is longer than 512"
                                + " characters"));
        assertThat(errors(layers("{'name': '" + "c".repeat(512)
                        + "', 'type': 'conv2d', 'filters': 1, 'kernel': 1, 'activation': 'relu'}")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 900, 100_000})
    void nestingIsBounded(int depth) {
        assertThatThrownBy(() -> described("[".repeat(depth) + "]".repeat(depth)))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> described("{'a':".repeat(depth) + "1" + "}".repeat(depth)))
                .isInstanceOf(JacksonException.class);
    }

    /** Fractional strides with gaps, and windows over all that repeats: 1,000 layers of them would take a second. */
    @Test
    void receptiveFieldsOfManyPhasesAreBounded() {
        String inputs = IntStream.range(0, 16)
                .mapToObj(i -> "'i" + i + "': [2, 2, 2, 1]")
                .collect(Collectors.joining(","));
        String pads = IntStream.range(0, 16)
                .mapToObj(i -> "{'name': 'p" + i + "', 'type': 'pad', 'from': 'i" + i + "', 'padding': [[" + i + ", "
                        + (16 - i) + "], 1, 2]}")
                .collect(Collectors.joining(","));
        String names = IntStream.range(0, 16).mapToObj(i -> "'p" + i + "'").collect(Collectors.joining(","));
        String spread = "{'type': 'transposed_conv3d', 'filters': 1, 'kernel': 2, 'stride': 2, 'dilation': 2,"
                + " 'padding': [[0, 1], [0, 1], [0, 1]]}, {'type': 'avg_pool3d', 'kernel': 63, 'stride': 1, 'padding':"
                + " 'same'}, {'type': 'max_pool3d', 'kernel': 1, 'stride': 2}";
        Network network = network("{'inputs': {" + inputs + "}, 'blocks': {'b': {'layers': [" + spread
                + "]}}, 'layers': [" + pads + ", {'type': 'add', 'from': [" + names
                + "]}, {'name': 'up', 'type': 'upsample', 'scale': 32}, {'name': 'b', 'type': 'block', 'block': 'b',"
                + " 'repeat': 3300}]}");
        List<LayerAnalysis> layers = Analysis.of(network).layers();

        assertThat(layers.get(17).node().name()).isEqualTo("up");
        assertThat(layers.get(17).receptiveField().sizes()).hasSize(16);
        assertThat(layers.getLast().receptiveField().sizes()).isEmpty();
    }

    private static void assertOnly(String detail, String json) {
        assertThat(errors(json)).extracting(DescriptionError::detail).containsExactly(detail);
    }

    private static String call(int block) {
        return "{'type': 'block', 'block': 'b" + block + "'}";
    }
}
