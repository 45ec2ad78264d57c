package dev.tally.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LayersKindTest {
    private static final String NETWORK = "{'input': [4, 4, 2], 'parameters': {'width': 1, 'kernel': 3}, 'layers': ["
            + "{'name': 'conv', 'type': 'conv2d', 'filters': '$width', 'kernel': '$kernel', 'activation': 'relu'},"
            + " {'name': 'flat', 'type': 'flatten'}, {'name': 'units', 'type': 'dense', 'units': '$width'}]}";

    private static List<CountedNetwork> layers(String network, String points) {
        Errors errors = new Errors();
        List<CountedNetwork> layers = LayersKind.layers(
                JsonMapper.shared()
                        .readTree(("{'network': " + network + ", 'points': " + points + "}").replace('\'', '"')),
                errors);
        errors.throwIfAny();
        return layers;
    }

    @Test
    void aLayerIsTakenWithWhatIsFusedIntoItOfTheNetworkWithThePointsParameters() {
        List<CountedNetwork> layers = layers(
                NETWORK,
                "[{'parameters': {'width': 5}, 'layers': ['conv', 'units']}, {'parameters': {}, 'layers': ['conv']}]");

        assertThat(layers.get(0).network().nodes()).extracting("name").containsExactly("conv", "conv/relu");
        // 2·2·5 × 3·3·2; 5 × 2·2·5; with its own width, 2·2·1 × 3·3·2.
        assertThat(layers)
                .extracting(layer -> layer.analysis().totals().operations().multiplies())
                .containsExactly(360L, 100L, 72L);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    [{'parameters': {}, 'layers': ['convolution']}]            | /points/0/layers/0 | got the string "convolution"
                    [{'parameters': {}, 'layers': ['conv/relu']}]              | /points/0/layers/0 | a layer that writes a tensor
                    [{'parameters': {}, 'layers': ['flat']}]                   | /points/0/layers/0 | a layer that writes a tensor
                    [{'parameters': {}, 'layers': ['conv', 3]}]                | /points/0/layers/1 | got 3
                    [{'parameters': {'width': 0}, 'layers': ['conv']}]         | /points/0/layers/0/filters | got 0
                    []                                                         | /points            | expected at least one layer
                    """)
    void whatIsNoLayerIsPointedAt(String points, String pointer, String words) {
        InvalidDescriptionException invalid =
                catchThrowableOfType(InvalidDescriptionException.class, () -> layers(NETWORK, points));

        assertThat(invalid.errors().getFirst().pointer()).isEqualTo(pointer);
        assertThat(invalid.errors().getFirst().detail()).contains(words);
    }

    @Test
    void whatIsNoNetworkIsPointedAt() {
        for (String network : List.of("7", "{'input': [1], 'parameters': [], 'layers': [{'type': 'relu'}]}")) {
            InvalidDescriptionException invalid = catchThrowableOfType(
                    InvalidDescriptionException.class,
                    () -> layers(network, "[{'parameters': {'a': 1}, 'layers': ['relu_1']}]"));

            assertThat(invalid.errors().getFirst().pointer()).startsWith("/points/0");
        }
    }
}
