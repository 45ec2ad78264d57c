package dev.tally.description;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ParametricDescriptionTest {
    private static final String CHAIN = """
            {'input': [8, 8, 3], 'parameters': {'width': 4, 'depth': 2}, 'layers': [
              {'name': 'c', 'type': 'conv2d', 'filters': '$width * 2', 'kernel': 1, 'repeat': '$depth'}]}""";

    private static JsonNode json(String text) {
        return DescriptionJson.read(text.replace('\'', '"').getBytes(UTF_8));
    }

    @Test
    void whatIsChosenStandsInPlaceOfTheDescriptionsOwnValues() {
        ParametricDescription description = ParametricDescription.read(json(CHAIN), List.of("width"));
        ObjectNode changed = (ObjectNode) json(CHAIN);
        changed.withObjectProperty("parameters").put("width", 7);

        assertThat(description.with(Map.of("width", 7L)).network().hash())
                .isEqualTo(DescriptionReader.read(changed).network().hash());
        assertThat(description.with(Map.of("width", 4L)).network().hash())
                .isEqualTo(DescriptionReader.read(json(CHAIN)).network().hash());
    }

    @Test
    void aParameterMayBeChosenThatTheDescriptionGivesNoValue() {
        JsonNode open = json("{'input': ['$size', 8, 3], 'layers': [{'type': 'conv2d', 'filters': 2, 'kernel': 1}]}");

        ParametricDescription description = ParametricDescription.read(open, List.of("size"));

        assertThat(description
                        .with(Map.of("size", 5L))
                        .network()
                        .outputs()
                        .getFirst()
                        .shape())
                .hasToString("5×8×2");
    }

    @Test
    void aReadyNetworkHasItsParametersChosenToo() {
        ParametricDescription description =
                ParametricDescription.read(json("{'ready': 'googlenet', 'batch': 2}"), List.of("classes"));

        assertThat(description.with(Map.of("classes", 10L)).network().hash())
                .isEqualTo(DescriptionReader.read(
                                json("{'ready': 'googlenet', 'batch': 2, 'parameters': {'classes': 10}}"))
                        .network()
                        .hash());
    }

    @Test
    void whatDoesNotDependOnTheChoiceIsAtFaultAtOnce() {
        assertThatExceptionOfType(InvalidDescriptionException.class)
                .isThrownBy(() -> ParametricDescription.read(
                        json("{'input': [8, 8, 3], 'layers': [{'type': 'conv2', 'filters': '$w'}]}"), List.of("w")))
                .satisfies(e -> assertThat(e.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.pointer()).isEqualTo("/layers/0/type")));
    }

    @Test
    void whatDoesDependOnItIsAtFaultWhereItIsChosen() {
        ParametricDescription description = ParametricDescription.read(json(CHAIN), List.of("width"));

        assertThatExceptionOfType(InvalidDescriptionException.class)
                .isThrownBy(() -> description.with(Map.of("width", -1L)))
                .satisfies(e -> assertThat(e.errors()).singleElement().satisfies(error -> {
                    assertThat(error.pointer()).isEqualTo("/layers/0/filters");
                    assertThat(error.detail()).isEqualTo("expected an integer from 1 to 2^31-1, got -2");
                }));
        assertThat(description.with(Map.of("width", 1L)).network().nodes()).hasSize(2);
    }

    @Test
    void anErrorOfAReadyNetworkStandsWhereItWasNamed() {
        ParametricDescription description =
                ParametricDescription.read(json("{'ready': 'googlenet'}"), List.of("classes"));

        assertThatExceptionOfType(InvalidDescriptionException.class)
                .isThrownBy(() -> description.with(Map.of("classes", 0L)))
                .satisfies(e -> assertThat(e.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.pointer()).isEqualTo("/ready")));
    }

    /** A block's own parameter hides the network's of the same name, but not where the block's default stands. */
    @Test
    void aParameterIsUsedWhereAnExpressionNamesItAndNoBlockHidesIt() {
        ParametricDescription description = ParametricDescription.read(
                json("""
                {'description': '$text', 'input': ['$side', 8, 3],
                 'blocks': {
                   'b': {'parameters': {'hidden': '$preset'},
                         'layers': [{'type': 'conv2d', 'filters': '$hidden + $seen', 'kernel': 1}]}},
                 'layers': [{'type': 'block', 'block': 'b', 'parameters': {'hidden': 'max($given, 2)'}},
                            {'type': 'dropout', 'repeat': '$times'}]}"""), List.of("side", "preset", "seen", "given", "times", "hidden", "text"));

        assertThat(description.used()).containsExactlyInAnyOrder("side", "preset", "seen", "given", "times");
        assertThat(description.unused("time"))
                .isEqualTo("the parameter \"time\" is given but not used; did you mean \"times\"?");
    }
}
