package dev.tally.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.Totals;
import dev.tally.network.Layer;
import dev.tally.network.Network;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the writer writes reads back as the same network. */
class RoundTripTest {
    static Set<String> readyNetworks() {
        return ReadyNetworks.names();
    }

    @ParameterizedTest
    @MethodSource("readyNetworks")
    void readyNetworksComeBack(String name) {
        assertComesBack(Descriptions.network("{'ready': '" + name + "', 'batch': 3, 'dtype': 'bfloat16'}"));
    }

    @Test
    void randomNetworksComeBack() {
        Set<String> types = new TreeSet<>();
        for (int seed = 0; seed < 300; seed++) {
            JsonNode json = new RandomDescription(new Random(seed)).network();
            Network network = DescriptionReader.read(json).network();
            network.nodes().forEach(node -> types.add(node.type()));
            assertComesBack(network);
        }
        assertThat(types)
                .as("every type is tried, but those that become others")
                .containsAll(LayerTypes.all().stream()
                        .filter(type -> type.layerClass() != Layer.class)
                        .map(LayerType::name)
                        .toList());
    }

    @Test
    void defaultsAreLeftOut() {
        JsonNode json = DescriptionWriter.write(Descriptions.network(
                Descriptions.layers("{'type': 'conv2d', 'filters': 2, 'kernel': [3, 3], 'stride': [1, 1], 'padding': 0,"
                        + " 'bias': true}, {'type': 'max_pool2d', 'kernel': 2, 'padding': [[1, 1], [1, 1]]}")));

        assertThat(json)
                .hasToString("{\"input\":[8,8,4],\"layers\":["
                        + "{\"name\":\"conv2d_1\",\"type\":\"conv2d\",\"from\":[\"input\"],\"filters\":2,\"kernel\":3},"
                        + "{\"name\":\"max_pool2d_1\",\"type\":\"max_pool2d\",\"from\":[\"conv2d_1\"],\"kernel\":2,\"stride\":2,\"padding\":1}],"
                        + "\"outputs\":[\"max_pool2d_1\"]}");
    }

    private static void assertComesBack(Network network) {
        byte[] written = DescriptionWriter.write(network).toString().getBytes(StandardCharsets.UTF_8);
        Network again = DescriptionReader.read(DescriptionJson.read(written)).network();

        assertThat(again.hash()).isEqualTo(network.hash());
        assertThat(again.name()).isEqualTo(network.name());
        assertThat(Descriptions.names(again)).isEqualTo(Descriptions.names(network));
        Totals expected = Analysis.of(network).totals();
        Totals actual = Analysis.of(again).totals();
        assertThat(actual).usingRecursiveComparison().ignoringFields("peakStep").isEqualTo(expected);
        assertThat(actual.peakStep().name()).isEqualTo(expected.peakStep().name());
    }
}
