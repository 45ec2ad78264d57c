package dev.tally.planning;

import static dev.tally.planning.Budgets.assertError;
import static dev.tally.planning.Budgets.budget;
import static dev.tally.planning.Budgets.errors;
import static dev.tally.planning.Budgets.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.description.DescriptionError;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.Pointer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidBudgetsTest {
    private static final String LIMIT = "expected an integer, a change such as \"+2 %\" from the budget's \"baseline\","
            + " or {\"baseline\": …, \"atMost\": \"+2 %\"}, got ";
    private static final String CHANGE = "expected a change in percent such as \"+2 %\" or \"-12.5 %\"";
    private static final String NO_BASELINE = "a change goes by a baseline, and there is none: expected \"baseline\" in"
            + " the limit or in the budget, such as {\"ready\": \"googlenet\"}";
    private static final String BROKEN =
            "{'input': [8, 8, 4], 'layers': [{'type': 'conv2d', 'filters': 0, 'kernel': 1}]}";
    private static final String TOO_LARGE = "{'input': [2000000000, 2], 'layers': [{'type': 'relu'},"
            + " {'name': 'wide', 'type': 'conv1d', 'filters': 2000000000, 'kernel': 1000000000}]}";

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "'+2 %'", "[]", "[{'multiplies': 5}]"})
    void aBudgetIsAnObject(String budget) {
        assertError(budget, "").startsWith("expected a budget, an object of figures and their limits, got ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'baseline': {'ready': 'alexnet'}}", "{'baseline': null}", "{'mystery': null}"})
    void anEmptyBudgetIsNone(String budget) {
        assertError(budget, "")
                .isEqualTo("expected the limit of at least one figure, such as \"multiplies\": 20000000, got none");
    }

    @ParameterizedTest
    @CsvSource({
        "multiplys, multiplies",
        "Multiplies, multiplies",
        "multiplications, multiplies",
        "multiplies_in_bounds, multipliesInBounds",
        "MACs, macs",
        "params, parameters",
        "weight_bytes, weightBytes",
        "peakMemory, peakActivationBytes",
        "base_line, baseline",
    })
    void unknownFiguresOfferTheNearest(String written, String offered) {
        assertError("{'" + written + "': 5}", "/" + written)
                .isEqualTo("a budget has no property \"" + written + "\"; did you mean \"" + offered + "\"?");
    }

    @Test
    void whatIsNoFigureLearnsWhichThereAre() {
        assertError("{'latency': 5}", "/latency")
                .isEqualTo("a budget has no property \"latency\"; it has: baseline, multiplies, multipliesInBounds,"
                        + " additions, macs, flops, parameters, weightBytes, activationBytes, peakActivationBytes,"
                        + " bytesMoved");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2.5 | 2.5",
                "2e7 | 2.0E7",
                "true | true",
                "null | null",
                "[] | []",
                "[1, 2] | [1,2]",
            })
    void aLimitIsAnIntegerAChangeOrBoth(String limit, String got) {
        assertError("{'multiplies': " + limit + "}", "/multiplies").isEqualTo(LIMIT + got);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9223372036854775808", "100000000000000000000000000000"})
    void aLimitIsACount(String limit) {
        assertError("{'multiplies': " + limit + "}", "/multiplies")
                .isEqualTo("expected an integer from 0 to 2^63-1, got " + limit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'20000000' | expected a change in percent such as \"+2 %\" or \"-12.5 %\", of at most 6 digits before and after the point, got the string \"20000000\"",
                "'2 %'      | expected a change in percent with its sign such as \"+2 %\" or \"-12.5 %\", of at most 6 digits before and after the point, got the string \"2 %\"",
                "'-101 %'   | expected a change of at least -100 %, got the string \"-101 %\"",
            })
    void aChangeIsInPercent(String change, String detail) {
        assertError("{'baseline': {'ready': 'alexnet'}, 'multiplies': " + change + "}", "/multiplies")
                .isEqualTo(detail.replace("expected ", "expected an integer, or "));
        assertError(
                        "{'multiplies': {'baseline': {'ready': 'alexnet'}, 'atMost': " + change + "}}",
                        "/multiplies/atMost")
                .isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "true", "{}"})
    void atMostIsAChange(String change) {
        assertError(
                        "{'multiplies': {'baseline': {'ready': 'alexnet'}, 'atMost': " + change + "}}",
                        "/multiplies/atMost")
                .startsWith(CHANGE + ", got ");
    }

    @Test
    void aLimitInFullNeedsItsChange() {
        assertError("{'multiplies': {'baseline': {'ready': 'alexnet'}}}", "/multiplies")
                .isEqualTo("expected \"atMost\", a change in percent such as \"+2 %\" or \"-12.5 %\", got nothing");
    }

    @Test
    void aChangeNeedsABaseline() {
        assertError("{'multiplies': '+2 %'}", "/multiplies").isEqualTo(NO_BASELINE);
        assertError("{'multiplies': {'atMost': '+2 %'}}", "/multiplies/atMost").isEqualTo(NO_BASELINE);
        assertError("{'baseline': null, 'multiplies': '+2 %'}", "/multiplies").isEqualTo(NO_BASELINE);
        assertError("{'multiplies': {'baseline': null, 'atMost': '+2 %'}}", "/multiplies/atMost")
                .isEqualTo(NO_BASELINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "{'baseline': {'ready': 'alexnet'}, 'atMost': '+2 %'}"})
    void aBaselineThatNoLimitUsesIsAnError(String limit) {
        assertError("{'baseline': {'ready': 'googlenet'}, 'multiplies': " + limit + "}", "/baseline")
                .isEqualTo("no limit goes by this baseline: expected one such as \"+2 %\"");
    }

    @Test
    void aLimitHasNoOtherProperties() {
        assertError(
                        "{'multiplies': {'baseline': {'ready': 'alexnet'}, 'atMost': '+2 %', 'atLeast': 3}}",
                        "/multiplies/atLeast")
                .isEqualTo("a limit has no property \"atLeast\"; it has: baseline, atMost");
        assertError("{'multiplies': {'baseline': {'ready': 'alexnet'}, 'atMost': '+2 %', 'max': 3}}", "/multiplies/max")
                .isEqualTo("a limit has no property \"max\"; did you mean \"atMost\"?");
    }

    @Test
    void errorsOfABaselinePointIntoIt() {
        assertThat(errors("{'baseline': " + BROKEN + ", 'multiplies': '+2 %'}"))
                .containsExactly(new DescriptionError(
                        "expected an integer from 1 to 2^31-1, got 0",
                        "/budget/baseline/layers/0/filters",
                        "conv2d_1"));
        assertError(
                        "{'multiplies': {'baseline': {'ready': 'googlnet'}, 'atMost': '+2 %'}}",
                        "/multiplies/baseline/ready")
                .isEqualTo("there is no ready network \"googlnet\"; did you mean \"googlenet\"?");
        assertError("{'baseline': 'googlenet', 'multiplies': '+2 %'}", "/baseline")
                .isEqualTo("expected a network, an object with \"input\" and \"layers\", got the string \"googlenet\"");
    }

    @Test
    void aBaselineHasNoBudgetOfItsOwn() {
        assertError(
                        "{'baseline': {'ready': 'alexnet', 'budget': {'multiplies': 5}}, 'multiplies': '+2 %'}",
                        "/baseline/budget")
                .startsWith("a network by name has no property \"budget\"; it has: ready, ");
    }

    @Test
    void aBaselineThatOccursTwiceIsReadOnce() {
        String limit = "{'baseline': " + BROKEN + ", 'atMost': '+2 %'}";

        assertThat(errors("{'multiplies': " + limit + ", 'macs': " + limit + "}"))
                .extracting(DescriptionError::pointer)
                .containsExactly("/budget/multiplies/baseline/layers/0/filters");
    }

    @Test
    void oneAnswerHasAllErrors() {
        assertThat(errors("{'multiplies': -1, 'macs': '2 %', 'parameters': {'baseline': " + BROKEN
                        + ", 'atMost': 5}, 'memry': 4, 'flops': {'atMost': '+2 %'}}"))
                .extracting(DescriptionError::pointer)
                .containsExactlyInAnyOrder(
                        "/budget/multiplies",
                        "/budget/macs",
                        "/budget/parameters/atMost",
                        "/budget/parameters/baseline/layers/0/filters",
                        "/budget/memry",
                        "/budget/flops/atMost");
    }

    @Test
    void errorsFromBeforeComeFirst() {
        Errors errors = new Errors();
        errors.add(Pointer.ROOT.at("layers"), "", "expected layers");

        assertThat(catchThrowableOfType(
                                InvalidDescriptionException.class,
                                () -> BudgetReader.read(json("{'budget': {'multiplies': -1}}"), errors))
                        .errors())
                .extracting(DescriptionError::pointer)
                .containsExactly("/layers", "/budget/multiplies");
        assertThat(catchThrowableOfType(InvalidDescriptionException.class, () -> BudgetReader.read(json("{}"), errors))
                        .errors())
                .hasSize(2);
    }

    @Test
    void aCountOfABaselineOver63BitsPointsIntoIt() {
        for (String budget : List.of(
                "{'multiplies': {'baseline': " + TOO_LARGE + ", 'atMost': '+2 %'}}",
                "{'multiplies': {'baseline': " + TOO_LARGE + ", 'atMost': '+2 %'}, 'macs': {'baseline': " + TOO_LARGE
                        + ", 'atMost': '+3 %'}}")) {
            assertThat(catchThrowableOfType(UncountableBaselineException.class, () -> budget(budget))
                            .error())
                    .isEqualTo(new DescriptionError(
                            "the baseline: a count of this layer is over 2^63-1",
                            "/budget/multiplies/baseline/layers/1",
                            "wide"));
        }
    }

    @Test
    void whatIsWrongGoesBeforeWhatIsTooLarge() {
        assertError("{'multiplies': {'baseline': " + TOO_LARGE + ", 'atMost': '+2 %'}, 'macs': -1}", "/macs")
                .endsWith("got -1");
    }

    @Test
    void reportsAtMostAboutFiftyErrors() {
        String layers = String.join(",", Collections.nCopies(500, "{'type': 'conv2d', 'filters': 0, 'kernel': 0}"));
        String one = "{'baseline': {'input': [8, 8, 4], 'layers': [" + layers + "]}, 'atMost': '+2 %'}";
        String other = one.replace("[8, 8, 4]", "[9, 9, 4]");

        List<DescriptionError> errors = errors("{'multiplies': -1, 'macs': " + one + ", 'flops': " + other + "}");
        assertThat(errors).hasSize(51);
        assertThat(errors.getLast().detail()).startsWith("there may be more errors");
        assertThat(errors.get(49).pointer()).startsWith("/budget/macs/baseline/layers/");
    }

    @Test
    void messagesStayShortWhateverIsSent() {
        String longest = "x".repeat(40_000);
        for (String budget : List.of(
                "{'" + longest + "': 5}",
                "{'multiplies': '" + longest + "'}",
                "{'multiplies': '" + " ".repeat(40_000) + "'}",
                "{'multiplies': {'" + longest + "': 5}}",
                "{'multiplies': {'baseline': '" + longest + "', 'atMost': '+2 %'}}",
                "'" + longest + "'")) {
            assertThat(errors(budget)).isNotEmpty().allSatisfy(error -> {
                assertThat(error.detail()).hasSizeLessThan(400);
                assertThat(error.pointer()).hasSizeLessThan(1200);
            });
        }
    }
}
