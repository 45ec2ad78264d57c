package dev.tally.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.Attention;
import dev.tally.network.Axis;
import dev.tally.network.Layer;
import dev.tally.network.LayerNorm;
import dev.tally.network.Layers;
import dev.tally.network.Layout;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Padding;
import dev.tally.network.Reshape;
import dev.tally.network.Shape;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.WindowAxis;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Single layers by hand and against what counters that people use print for them. */
class LayerFiguresTest {
    private static final int TOKENS = 197;
    private static final int FEATURES = 768;

    /**
     * The attention of ViT-B/16 (Dosovitskiy et al., An Image is Worth 16x16 Words, 2021): 14·14 patches and a class
     * token, 12 heads of 64. Four projections of 197 · 768² = 116,195,328 each; Q Kᵀ and A V 197² · 768 = 29,805,312
     * each; 12 · 197² = 465,708 scores in 12 · 197 = 2,364 lines.
     */
    @Test
    void attentionOfAVisionTransformer() {
        Layer attention = new MultiHeadAttention(12, OptionalInt.empty(), OptionalInt.empty(), true);
        LayerAnalysis layer = only(Layers.chain(Shape.of(TOKENS, FEATURES), attention));
        Operations operations = layer.operations();

        assertThat(operations.macs())
                .isEqualTo(4 * 116_195_328L + 2 * 29_805_312L)
                .isEqualTo(524_391_936L);
        assertThat(operations.multiplies()).isEqualTo(524_391_936L + 465_708);
        // With bias as many as multiplies; a score 63, a line one less than scores, each of 197 · 768 results 196.
        assertThat(operations.additions())
                .isEqualTo(464_781_312L + 465_708 * 63 + (465_708 - 2_364) + 197 * 768 * 196)
                .isEqualTo(524_238_276L);
        assertThat(operations.other().exponentials()).isEqualTo(465_708);
        assertThat(operations.other().divisions()).isEqualTo(465_708);
        assertThat(layer.parameters()).isEqualTo(4 * (768 * 768 + 768)).isEqualTo(2_362_368);
        assertThat(layer.activationBytes()).isEqualTo(4 * 197 * 768);
    }

    @Test
    void attentionWithoutProjectionsIsItsTwoProducts() {
        Network network = new NetworkBuilder("attention")
                .input("query", Shape.of(TOKENS, FEATURES))
                .input("key", Shape.of(TOKENS, FEATURES))
                .input("value", Shape.of(TOKENS, FEATURES))
                .layer("attention", "attention", new Attention(12), "query", "key", "value")
                .build();

        assertThat(only(network).operations().macs()).isEqualTo(2 * 29_805_312L);
    }

    /** Every multiply of every head, one by one, where queries, keys and values have lengths of their own. */
    @Test
    void attentionIsAsManyMultipliesAsItsLoopsDo() {
        int heads = 3;
        int keyDim = 5;
        int valueDim = 2;
        int queries = 7;
        int keys = 4;
        int[] features = {6, 9, 8};
        long macs = 0;
        long scales = 0;
        for (int head = 0; head < heads; head++) {
            macs += (long) queries * keyDim * features[0];
            macs += (long) keys * keyDim * features[1];
            macs += (long) keys * valueDim * features[2];
            for (int query = 0; query < queries; query++) {
                for (int key = 0; key < keys; key++) {
                    for (int term = 0; term < keyDim; term++) {
                        macs++;
                    }
                    scales++;
                    for (int value = 0; value < valueDim; value++) {
                        macs++;
                    }
                }
                for (int feature = 0; feature < features[0]; feature++) {
                    for (int value = 0; value < valueDim; value++) {
                        macs++;
                    }
                }
            }
        }
        Layer attention = new MultiHeadAttention(heads, OptionalInt.of(keyDim), OptionalInt.of(valueDim), false);
        Network network = new NetworkBuilder("attention")
                .input("query", Shape.of(queries, features[0]))
                .input("key", Shape.of(keys, features[1]))
                .input("value", Shape.of(keys, features[2]))
                .layer("attention", "attention", attention, "query", "key", "value")
                .build();

        assertThat(only(network).operations().macs()).isEqualTo(macs);
        assertThat(only(network).operations().multiplies()).isEqualTo(macs + scales);
    }

    /**
     * 64 → 32 channels, 3×3, stride 2, padding 1, output padding 1 on 28×28: fvcore 0.1.5, thop 2.2.3 and calflops
     * 0.3.2 print 14,450,688 MACs, torch 2.15's counter twice that; 28·28·64 × 3·3·32. Of the 84 pairs of element and
     * tap along an axis one lands in what is cut off; 57 places are reached.
     */
    @Test
    void transposedConvolutionAsCountersCountIt() {
        WindowAxis axis = new WindowAxis(3, 2, 1, new Padding.Explicit(1, 1));
        Layer layer = new TransposedConvolution(32, Layers.window(axis, axis), List.of(1, 1), 1, true);
        LayerAnalysis analysis = only(first(Shape.of(64, 28, 28), layer));
        Operations operations = analysis.operations();

        assertThat(analysis.node().shape()).isEqualTo(Shape.of(32, 56, 56));
        assertThat(operations.macs()).isEqualTo(14_450_688);
        assertThat(operations.multiplies()).isEqualTo(14_450_688);
        assertThat(operations.multipliesInBounds()).isEqualTo(83 * 83 * 64 * 32);
        assertThat(operations.additions()).isEqualTo(14_450_688 - 57 * 57 * 32 + 56 * 56 * 32);
        assertThat(analysis.parameters()).isEqualTo(18_464);
    }

    /**
     * A layer norm over the last 56 of 64·56·56, its channels and rows made one before, then GELU: fvcore 0.1.5 prints
     * 5 · 200,704 for the norm, torch 2.15's counter nothing. Here an element takes three multiplies with γ and four
     * additions with β, less one a set of 56.
     */
    @Test
    void layerNormAndGeluAreNoMacs() {
        Analysis analysis = Analysis.of(first(
                Shape.of(64, 56, 56),
                new Reshape(List.of(64 * 56, 56)),
                new LayerNorm(Axis.of(-1), true, true, 1e-5),
                new Activation(ActivationFunction.GELU)));
        LayerAnalysis norm = analysis.layers().get(1);

        assertThat(analysis.totals().operations().macs()).isZero();
        assertThat(analysis.totals().parameters()).isEqualTo(112);
        assertThat(norm.operations().multiplies()).isEqualTo(3 * 200_704);
        assertThat(norm.operations().additions()).isEqualTo(4 * 200_704 - 3_584);
        assertThat(norm.operations().other().divisions()).isEqualTo(2 * 3_584);
        assertThat(norm.operations().other().powers()).isEqualTo(3_584);
    }

    private static Network first(Shape input, Layer... layers) {
        NetworkBuilder builder =
                new NetworkBuilder("first").layout(Layout.CHANNELS_FIRST).input("in", input);
        String from = "in";
        for (int i = 0; i < layers.length; i++) {
            builder.layer("layer" + i, "layer", layers[i], from);
            from = "layer" + i;
        }
        return builder.build();
    }

    private static LayerAnalysis only(Network network) {
        return Analysis.of(network).layers().getFirst();
    }
}
