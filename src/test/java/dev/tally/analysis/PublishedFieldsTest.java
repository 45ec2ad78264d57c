package dev.tally.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.network.Input;
import dev.tally.network.Layers;
import dev.tally.network.Network;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Receptive fields against Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks (2019),
 * and the table of end-points in the repository that it presents (google-research/receptive_field,
 * RECEPTIVE_FIELD_TABLE.md); by hand where they list another variant.
 *
 * <p>They list ResNet-50 with 483: windows of 3 at twice the distance from each stage's start, as where the stride
 * stands in the first 1×1 ({@code resnet-50-v1}): 11 + 3·2·4 = 35, + 4·2·8 = 99, + 6·2·16 = 291, + 3·2·32 = 483. With
 * the stride in the 3×3 the first of a stage steps over half that: 483 - 8 - 16 - 32 = 427. ResNet-101 has 17 more
 * windows at 16: 427 + 17·2·16 = 971; ResNet-152 four more at 8 and 30 at 16: 427 + 4·2·8 + 30·2·16 = 1451.
 */
class PublishedFieldsTest {
    @ParameterizedTest
    @CsvSource({
        "alexnet,       195",
        "vgg-11,        150",
        "vgg-16,        212",
        "resnet-50-v1,  483",
        "resnet-50,     427",
        "resnet-101,    971",
        "resnet-152,   1451",
        "mobilenet-v1,  315",
        "inception-v3, 1311",
    })
    void readyNetworksMatchBeforeTheirAveragePool(String network, long expected) {
        assertBeforeThePool("{\"ready\": \"" + network + "\"}", expected);
    }

    /** ResNet-101, 152 and 200 with the stride in the first 1×1; MobileNet v1 of three quarters the width. */
    @ParameterizedTest
    @CsvSource({
        "resnet-101,   '\"strideFirst\": 1',                              1027",
        "resnet-152,   '\"strideFirst\": 1',                              1507",
        "resnet-50-v1, '\"depth2\": 24, \"depth3\": 36',                  1763",
        "mobilenet-v1, '\"widthPercent\": 75',                             315",
    })
    void variantsMatchBeforeTheirAveragePool(String network, String parameters, long expected) {
        assertBeforeThePool("{\"ready\": \"" + network + "\", \"parameters\": {" + parameters + "}}", expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Conv2d_1a_3x3/relu, 3",
        "Conv2d_2a_3x3/relu, 7",
        "Conv2d_2b_3x3/relu, 11",
        "maxpool1, 15",
        "Conv2d_3b_1x1/relu, 15",
        "Conv2d_4a_3x3/relu, 23",
        "maxpool2, 31",
        "Mixed_5b/concat, 63",
        "Mixed_5c/concat, 95",
        "Mixed_5d/concat, 127",
        "Mixed_6a/concat, 159",
        "Mixed_6b/concat, 351",
        "Mixed_6c/concat, 543",
        "Mixed_6d/concat, 735",
        "Mixed_6e/concat, 927",
        "Mixed_7a/concat, 1055",
        "Mixed_7b/concat, 1183",
        "Mixed_7c/concat, 1311",
    })
    void inceptionV3MatchesAtEveryEndPoint(String layer, long expected) {
        assertThat(fieldOf(network("{\"ready\": \"inception-v3\"}"), layer)).isEqualTo(List.of(expected, expected));
    }

    private static void assertBeforeThePool(String json, long expected) {
        Network network = network(json);
        String last = Layers.node(network, "avgpool").from().getFirst().name();

        assertThat(fieldOf(network, last)).isEqualTo(List.of(expected, expected));
    }

    private static Network network(String json) {
        return DescriptionReader.read(DescriptionJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .network();
    }

    private static List<Long> fieldOf(Network network, String layer) {
        Map<Input, List<Long>> sizes = Analysis.of(network).layers().stream()
                .filter(each -> each.node().name().equals(layer))
                .findFirst()
                .orElseThrow()
                .receptiveField()
                .sizes();
        return sizes.getOrDefault(network.inputs().getFirst(), List.of());
    }
}
