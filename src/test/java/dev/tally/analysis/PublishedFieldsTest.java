package dev.tally.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Input;
import dev.tally.network.Layers;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Padding;
import dev.tally.network.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Receptive fields against Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks (2019),
 * and by hand where they list another variant.
 *
 * <p>They list ResNet-50 with 483: windows of 3 at twice the distance from each stage's start, as where the stride
 * stands in the first 1×1 ({@code resnet-50-v1}): 11 + 3·2·4 = 35, + 4·2·8 = 99, + 6·2·16 = 291, + 3·2·32 = 483. With
 * the stride in the 3×3 the first of a stage steps over half that: 483 - 8 - 16 - 32 = 427.
 */
class PublishedFieldsTest {
    @ParameterizedTest
    @CsvSource({
        "alexnet,      195",
        "vgg-16,       212",
        "resnet-50-v1, 483",
        "resnet-50,    427",
    })
    void readyNetworksMatchBeforeTheirAveragePool(String network, long expected) {
        Network ready = DescriptionReader.read(
                        DescriptionJson.read(("{\"ready\": \"" + network + "\"}").getBytes(StandardCharsets.UTF_8)))
                .network();
        String last = Layers.node(ready, "avgpool").from().getFirst().name();

        assertThat(fieldOf(ready, last)).isEqualTo(List.of(expected, expected));
    }

    @Test
    void mobileNetV1Matches() {
        NetworkBuilder builder = new NetworkBuilder("mobilenet-v1")
                .input("in", Shape.of(224, 224, 3))
                .layer("stem", "conv2d", Layers.conv(32, Layers.square(3, 2, Padding.SAME)), "in");
        String last = "stem";
        int[] strides = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
        for (int i = 0; i < strides.length; i++) {
            builder.layer(
                            "depthwise" + i,
                            "depthwise_conv2d",
                            new DepthwiseConvolution(1, Layers.square(3, strides[i], Padding.SAME), false),
                            last)
                    .layer("pointwise" + i, "conv2d", Layers.conv(8, 1), "depthwise" + i);
            last = "pointwise" + i;
        }

        assertThat(fieldOf(builder.build(), last)).isEqualTo(List.of(315L, 315L));
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
