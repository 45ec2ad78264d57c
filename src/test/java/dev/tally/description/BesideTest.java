package dev.tally.description;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.network.Network;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What stands beside a network and is read by others. */
class BesideTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"{'ready': 'alexnet', 'notes': 5}", "{'input': [8], 'layers': [{'type': 'relu'}], 'notes': [{}]}"
            })
    void isAcceptedWhereItIsExpectedAndChangesNothing(String written) {
        Network network =
                DescriptionReader.read(json(written), List.of("notes")).network();

        assertThat(network.hash())
                .isEqualTo(Descriptions.network(written.replaceAll(", 'notes'.*", "}"))
                        .hash());
        assertThat(Descriptions.errors(written)).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo("/notes");
            assertThat(error.detail()).contains("has no property \"notes\"");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'ready': 'alexnet', 'note': 5}", "{'input': [8], 'layers': [{'type': 'relu'}], 'note': 5}"})
    void isOfferedForWhatIsNear(String written) {
        InvalidDescriptionException refused = catchThrowableOfType(
                InvalidDescriptionException.class, () -> DescriptionReader.read(json(written), List.of("notes")));

        assertThat(refused.errors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.detail()).endsWith("has no property \"note\"; did you mean \"notes\"?"));
    }

    private static JsonNode json(String json) {
        return DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8));
    }
}
