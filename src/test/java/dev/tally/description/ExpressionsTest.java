package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.errors;
import static dev.tally.description.Descriptions.layers;
import static dev.tally.description.Descriptions.network;
import static dev.tally.description.Descriptions.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Network;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private static final Map<String, Long> PARAMETERS =
            Map.of("width", 10L, "n", -7L, "größe", 3L, "_x1", 2L, "𝒘", 5L);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3             | 7",
                "(1 + 2) * 3           | 9",
                "10 - 4 - 3            | 3",
                "64 / 4 / 2            | 8",
                "7 / 2 * 2             | 6",
                "17 % 5 + 1            | 3",
                "$width * 4            | 40",
                "$width*4-$n           | 47",
                "-$width               | -10",
                "2 - -3                | 5",
                "-(1 + 2) * 2          | -6",
                "$n / 2                | -4",
                "$n % 2                | 1",
                "7 / -2                | -4",
                "min($width, 3)        | 3",
                "max($width, 3)        | 10",
                "min(max(1, 2), 3) * 2 | 4",
                "round($width * 3 / 4, 8)  | 8",
                "round(12, 8)          | 16",
                "round(11, 8)          | 8",
                "round(-12, 8)         | -8",
                "round(5, 1)           | 5",
                // 11.2 is nearest to 8, which is less than nine tenths of it; so are 18 and 16, 8.9 and 8.
                "scale(32, 35, 8)      | 16",
                "scale(24, 75, 8)      | 24",
                "scale(10, 89, 8)      | 16",
                "scale(32, 100, 8)     | 32",
                "scale(96, 140, 8)     | 136",
                "scale(3, 100, 8)      | 8",
                "$größe + $_x1 + $𝒘    | 10",
                "9223372036854775807   | 9223372036854775807",
            })
    void expressionsAreIntegerArithmetic(String text, long expected) {
        assertThat(ExpressionParser.parse(text, PARAMETERS.keySet()).value(new Scope(PARAMETERS, Map.of(), -1)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$wdith * 2      | the parameter $wdith is used but not given; did you mean \"$width\"?",
                "$zebra          | the parameter $zebra is used but not given; known here: $width",
                "$               | the parameter $ is used but not given; known here: $width",
                "$index          | the parameter $index is used but not given; it counts inside a layer that has \"repeat\"",
                "width * 2       | there is no function \"width\"; there are min, max, round, scale. A parameter is written $width",
                "sqrt(2)         | there is no function \"sqrt\"; there are min, max, round, scale. A parameter is written $sqrt",
                "1 +             | expected a number, a parameter such as $width, or \"(\" at character 4 of \"1 +\", got the end",
                "(1 + 2          | expected \")\" at character 7 of \"(1 + 2\", got the end",
                "1 2             | expected an operator or the end at character 3 of \"1 2\", got \"2\"",
                "1 😀            | expected an operator or the end at character 3 of \"1 😀\", got \"😀\"",
                "$width * 1.5    | expected an integer at character 11 of \"$width * 1.5\", got \".\"",
                "$width * 2x     | expected an integer at character 11 of \"$width * 2x\", got \"x\"",
                "min(1)          | min takes 2 arguments, got 1",
                "min 1, 2        | expected \"(\" at character 5 of \"min 1, 2\", got \"1\"",
                "99999999999999999999 + 1 | \"99999999999999999999\" is over 2^63-1",
                "same            | there is no function \"same\"; there are min, max, round, scale. A parameter is written $same",
                "1 / 0           | the expression has no value: a division by zero",
                "5 % ($width - 8)| the expression has no value: a division by zero",
                "round(5, 0)     | the expression has no value: round to a multiple of 0",
                "scale(5, 50, 0) | the expression has no value: round to a multiple of 0",
                "scale(5, 50)    | scale takes 3 arguments, got 2",
                "9223372036854775807 + 1        | the expression has no value: a number in it is over 2^63-1",
                "9223372036854775807 * $width   | the expression has no value: a number in it is over 2^63-1",
                "-9223372036854775807 - 2       | the expression has no value: a number in it is over 2^63-1",
                "2147483648 + 0  | expected an integer from 1 to 2^31-1, got 2147483648",
                "$width - 8      | expected an integer from 1 to 2^31-1, got 0",
                "'12'            | expected an integer, got the string \"12\"; write it without quotes",
                "' -12 '         | expected an integer, got the string \" -12 \"; write it without quotes",
                "''              | expected a number, a parameter such as $width, or \"(\" at character 1 of \"\", got the end",
            })
    void errorsSayWhatIsWrongWithAnExpression(String text, String message) {
        assertError(
                        "{'parameters': {'width': 8}, 'input': [8, 8, 4], 'layers': [{'type': 'relu'},"
                                + "{'type': 'conv2d', 'kernel': 1, 'filters': '" + text + "'}]}",
                        "/layers/1/filters",
                        "conv2d_1")
                .isEqualTo(message);
    }

    @Test
    void expressionsAreShort() {
        assertError(
                        layers("{'type': 'conv2d', 'kernel': 1, 'filters': '" + "(".repeat(100_000) + "'}"),
                        "/layers/0/filters",
                        "conv2d_1")
                .isEqualTo("an expression is at most 200 characters long, this one has 100000");
    }

    @Test
    void expressionsMayStandWhereverANumberMay() {
        Network network =
                network("{'parameters': {'n': 2}, 'input': ['$n * 4', '$n + 6', '$n'], 'batch': '$n', 'layers': ["
                        + "{'name': 'c', 'type': 'conv2d', 'filters': '$n * 3', 'kernel': ['$n + 1', '$n'], 'stride': '$n',"
                        + " 'padding': [['$n', '$n - 1'], ['$n', '$n']], 'dilation': '$n / 2', 'groups': '$n'},"
                        + "{'name': 'r', 'type': 'relu', 'repeat': '$n'}]}");

        assertThat(network.batch()).isEqualTo(2);
        assertThat(node(network, "c").shape()).hasToString("5×6×6");
        assertThat(network.nodes()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e3", "true", "{}", "[1]", "99999999999999999999"})
    void integersAreIntegers(String value) {
        assertThat(errors(layers("{'type': 'dense', 'units': " + value + "}")))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.pointer()).isEqualTo("/layers/0/units");
                    assertThat(error.layer()).isEqualTo("dense_1");
                    assertThat(error.detail()).startsWith("expected an integer").contains("got ");
                });
    }

    @Test
    void parametersAreNamedLikeVariables() {
        for (String name : new String[] {"", "1x", "a-b", "a b", "$a", "index", "a²", "x".repeat(65)}) {
            assertThat(errors("{'parameters': {'" + name + "': 1}, 'input': [8, 8, 4], 'layers': [{'type': 'relu'}]}"))
                    .singleElement()
                    .satisfies(
                            error -> assertThat(error.detail()).startsWith("expected a parameter's name of letters"));
        }
    }

    @Test
    void parametersOfTheNetworkAreIntegers() {
        assertError(
                        "{'parameters': {'a': 1, 'b': '$a'}, 'input': [8, 8, 4], 'layers': [{'type': 'relu'}]}",
                        "/parameters/b",
                        "")
                .isEqualTo("the parameter $a is used but not given");
        assertError("{'parameters': {'a': 0.5}, 'input': [8, 8, 4], 'layers': [{'type': 'relu'}]}", "/parameters/a", "")
                .isEqualTo("expected an integer or an expression such as \"$width * 4\", got 0.5");
        assertError("{'parameters': [1], 'input': [8, 8, 4], 'layers': [{'type': 'relu'}]}", "/parameters", "")
                .isEqualTo("expected an object of parameters and their values, got [1]");
    }
}
