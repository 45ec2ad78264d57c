package dev.tally.planning.alternative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionReader;
import dev.tally.description.DescriptionWriter;
import dev.tally.network.Network;
import dev.tally.network.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot apply says what was expected of the layer and what came. */
class RefusalsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'kernel': 3 | STACKED | expected an odd square kernel from 5 to 31, got 3×3",
                "'kernel': 4 | STACKED | expected an odd square kernel from 5 to 31, got 4×4",
                "'kernel': [5, 3] | STACKED | expected an odd square kernel from 5 to 31, got 5×3",
                "'kernel': 33, 'padding': 'same' | STACKED | expected an odd square kernel from 5 to 31, got 33×33",
                "'kernel': [1, 3] | ASYMMETRIC | expected a kernel wider than 1 along at least two axes, got 1×3",
                "'kernel': 1 | SEPARABLE | expected a kernel wider than 1, got 1×1",
                "'kernel': 1 | RESIDUAL | expected a kernel wider than 1, got 1×1",
                "'kernel': 3 | STRIDED_BOTTLENECK | expected a stride above 1, got 1×1",
                "'kernel': 3, 'stride': 2 | STRIDED_BOTTLENECK | expected an output of 14×14, which a 1×1 of stride 2×2"
                        + " gives, got 13×13",
                "'kernel': 3 | RESIDUAL | expected an output of 28×28, which the shortcut gives, got 26×26",
                "'kernel': 3, 'groups': 4 | BOTTLENECK | expected 1 group, got 4",
                "'kernel': 3, 'groups': 8 | GROUPED | expected channels and filters that more than 8 groups, of 2, 4, 8, 16"
                        + " or 32 divides, got 16 and 8",
                "'kernel': 3, 'groups': 4 | SEPARABLE | expected 1 group, got 4",
            })
    void ofConvolutions(String attributes, Kind kind, String reason) {
        assertThat(Described.refusal(
                        "{'input': [28, 28, 16], 'layers': [{'type': 'conv2d', 'filters': 8, " + attributes + "}]}",
                        kind))
                .isEqualTo(reason);
    }

    @Test
    void ofFewChannelsOrFilters() {
        String odd = "{'input': [28, 28, 3], 'layers': [{'type': 'conv2d', 'filters': 64, 'kernel': 3,"
                + " 'padding': 'same'}]}";
        String few = "{'input': [28, 28, 16], 'layers': [{'type': 'conv2d', 'filters': 3, 'kernel': 3,"
                + " 'padding': 'same'}]}";

        assertThat(Described.refusal(odd, Kind.GROUPED))
                .isEqualTo("expected channels and filters that 2, 4, 8, 16 or 32 divides, got 3 and 64");
        assertThat(Described.refusal(few, Kind.RESIDUAL)).isEqualTo("expected at least 4 filters, got 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOTTLENECK | expected a convolution, got a depthwise one, in which channels do not meet",
                "STRIDED_BOTTLENECK | expected a convolution, got a depthwise one, in which channels do not meet",
                "SEPARABLE | expected a convolution, got a depthwise one, in which channels do not meet",
                "GROUPED | expected a convolution, got a depthwise one, in which each channel is a group",
                "RESIDUAL | expected a convolution, got a depthwise one, in which channels do not meet",
            })
    void ofDepthwiseConvolutions(Kind kind, String reason) {
        assertThat(Described.refusal(
                        "{'input': [28, 28, 16], 'layers': [{'type': 'depthwise_conv2d', 'kernel': 5}]}", kind))
                .isEqualTo(reason);
    }

    @Test
    void aDenseLayerHasBottlenecksAlone() {
        LayerAlternatives dense =
                Described.first("{'input': [512], 'layers': [{'type': 'dense', 'units': 100}]}", Wish.ALL);

        assertThat(dense.alternatives()).isNotEmpty().allMatch(each -> each.kind() == Kind.BOTTLENECK);
        assertThat(dense.refusals())
                .hasSize(6)
                .allMatch(refusal -> refusal.reason().equals("expected a convolution, got a dense layer"));
    }

    @Test
    void otherLayersAndThoseOfLearnedTensorsHaveNone() {
        Network network = Described.network("{'input': [8], 'layers': [{'name': 'relu', 'type': 'relu'},"
                + " {'name': 'learned', 'type': 'learned_tensor', 'shape': [8]},"
                + " {'name': 'constant', 'type': 'dense', 'units': 8, 'from': 'learned'},"
                + " {'type': 'add', 'from': ['relu', 'constant']}]}");
        Alternatives alternatives = new Alternatives(Analysis.of(network));

        assertThat(network.nodes().stream().map(alternatives::reasonAgainst))
                .containsExactly(
                        "expected a convolution, a depthwise convolution or a dense layer, got relu",
                        "expected a convolution, a depthwise convolution or a dense layer, got learned_tensor",
                        "expected a layer that sees the network's input, got one that takes a learned tensor",
                        "expected a convolution, a depthwise convolution or a dense layer, got add");
        assertThat(alternatives.ofCostliest(3, Wish.ALL)).isEmpty();
    }

    /** The layer's own multiplies and additions are 2 · 2^31 · 10^9 and fit; those to 2^31-1 channels are 2^63. */
    @Test
    void aWidthWhoseCountsAreTooLargeIsLeftOutWithItsReason() {
        LayerAlternatives layer = Described.first(
                "{'input': [1, 1, 2147483647], 'layers': [{'type': 'conv2d', 'filters': 1000000000, 'kernel': 1}]}",
                new Wish(List.of(Kind.BOTTLENECK), List.of(1, 2_147_483_647)));

        assertThat(layer.alternatives()).extracting(Alternative::number).containsExactly(1);
        assertThat(layer.refusals())
                .containsExactly(new LayerAlternatives.Refusal(
                        Kind.BOTTLENECK,
                        "at 2147483647: expected counts up to 2^63-1 and sizes up to 2^31-1, got larger ones"));
    }

    @Test
    void aNetworkThatIsFullHasRoomForWhatAddsNoLayer() {
        Network network = Described.network("{'input': [28, 28, 16], 'layers': [{'name': 'conv', 'type': 'conv2d',"
                + " 'filters': 8, 'kernel': 5}, {'type': 'identity', 'repeat': 9999}]}");
        LayerAlternatives layer =
                new Alternatives(Analysis.of(network)).of(network.nodes().getFirst(), Wish.ALL);

        assertThat(layer.alternatives()).isNotEmpty().allMatch(each -> each.kind() == Kind.GROUPED);
        assertThat(layer.refusals())
                .anySatisfy(refusal -> assertThat(refusal.reason())
                        .isEqualTo(
                                "expected a network of at most 10000 layers that take at most 100000 inputs, got one that"
                                        + " would have more"));
    }

    /** 512 characters are the most; one of two halves of a letter must not be left alone. */
    @Test
    void aLayerWithTheLongestNameIsRewrittenToo() {
        String name = "n".repeat(504) + "😀".repeat(4);
        LayerAlternatives layer = Described.first(
                "{'input': [28, 28, 16], 'layers': [{'name': '" + name + "', 'type': 'conv2d', 'filters': 8,"
                        + " 'kernel': 5, 'bias': false}, {'type': 'batch_norm'}, {'type': 'relu'}]}",
                Wish.ALL);

        for (Alternative alternative : layer.alternatives()) {
            Network network = alternative.network();
            assertThat(DescriptionReader.read(DescriptionWriter.write(network))
                            .network()
                            .hash())
                    .isEqualTo(network.hash());
            assertThat(network.nodes()).extracting(Node::name).contains(name);
        }
    }
}
