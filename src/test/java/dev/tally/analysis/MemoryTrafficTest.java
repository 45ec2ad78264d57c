package dev.tally.analysis;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.batchNorm;
import static dev.tally.network.Layers.chain;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.maxPool;
import static dev.tally.network.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Attention;
import dev.tally.network.DataType;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Layer;
import dev.tally.network.LearnedTensor;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Shape;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Bytes on an input of 4·4·2 float32 elements: 128 of them; a convolution of n filters gives 64 · n. */
class MemoryTrafficTest {
    private static final Shape INPUT = Shape.of(4, 4, 2);

    /** 3 · 2 + 3 weights are 36 bytes; 128 in and 192 out. */
    @Test
    void aStepReadsItsInputAndWeightsAndWritesItsOutput() {
        Analysis analysis = Analysis.of(chain(INPUT, conv(3, 1)));

        assertThat(moved(analysis)).containsExactly(36L + 128 + 192);
        assertThat(analysis.layers().getFirst().weightBytes()).isEqualTo(36);
        assertThat(analysis.layers().getFirst().activationBytes()).isEqualTo(192);
        assertThat(analysis.totals().activationBytes()).isEqualTo(128 + 192);
    }

    @Test
    void whatIsFusedOrAViewMovesAndAllocatesNothing() {
        Analysis analysis = Analysis.of(chain(INPUT, conv(3, 1), batchNorm(), relu(), new Dropout(0.5), new Flatten()));

        assertThat(moved(analysis)).containsExactly(356L, 0L, 0L, 0L, 0L);
        assertThat(analysis.layers().subList(1, 5))
                .extracting(LayerAnalysis::activationBytes)
                .containsOnly(0L);
        assertThat(analysis.totals().bytesMoved()).isEqualTo(356);
        assertThat(analysis.totals().activationBytes()).isEqualTo(128 + 192);
    }

    @Test
    void whatIsNotFusedMovesItsInputAndItsOutput() {
        // A pool to 2·2·2, 32 bytes; a batch norm stores four numbers a channel, 32 bytes.
        assertThat(moved(Analysis.of(chain(INPUT, maxPool(2), relu(), batchNorm()))))
                .containsExactly(128L + 32, 32L + 32, 32L + 32 + 32);
    }

    @Test
    void everyInputIsRead() {
        Network network = new NetworkBuilder("join")
                .input("in", INPUT)
                .layer("a", "conv2d", conv(3, 1), "in")
                .layer("join", "concat", concat(), "in", "a")
                .build();

        assertThat(moved(Analysis.of(network))).containsExactly(356L, 128L + 192 + 320);
    }

    @Test
    void aTensorTakenTwiceIsReadOnce() {
        Network network = new NetworkBuilder("double")
                .input("in", INPUT)
                .layer("double", "add", add(), "in", "in")
                .build();

        assertThat(moved(Analysis.of(network))).containsExactly(128L + 128);
    }

    @Test
    void aTensorTakenUnderTwoNamesIsReadOnce() {
        Network network = new NetworkBuilder("double")
                .input("in", INPUT)
                .layer("view", "dropout", new Dropout(0.5), "in")
                .layer("double", "add", add(), "in", "view")
                .build();

        assertThat(moved(Analysis.of(network))).containsExactly(0L, 128L + 128);
    }

    /** The batch multiplies activations alone, the type's size everything. */
    @Test
    void batchAndElementTypeScaleBytes() {
        NetworkBuilder builder = new NetworkBuilder("scaled")
                .input("in", INPUT)
                .batch(5)
                .dataType(DataType.FLOAT16)
                .layer("conv", "conv2d", conv(3, 1), "in");
        Totals totals = Analysis.of(builder.build()).totals();

        assertThat(totals.weightBytes()).isEqualTo(18);
        assertThat(totals.activationBytes()).isEqualTo(5 * (64 + 96));
        assertThat(totals.peakActivationBytes()).isEqualTo(5 * (64 + 96));
        assertThat(totals.bytesMoved()).isEqualTo(18 + 5 * (64 + 96));
        // 5 · 4·4·3 · 2 multiplies and, with the bias, as many additions.
        assertThat(totals.intensity()).isEqualTo(960 / 818.0);
    }

    /** Of 5 samples: 5 · 128 in and out, the 128 of the positions once. */
    @Test
    void aLearnedTensorIsReadOnceForTheWholeBatch() {
        Network network = new NetworkBuilder("positions")
                .input("in", INPUT)
                .batch(5)
                .layer("positions", "learned_tensor", new LearnedTensor(INPUT))
                .layer("view", "identity", new Identity(), "positions")
                .layer("add", "add", add(), "in", "view")
                .build();
        Analysis analysis = Analysis.of(network);

        assertThat(moved(analysis)).containsExactly(0L, 0L, 5 * 128L + 128 + 5 * 128);
        assertThat(analysis.layers().getFirst().weightBytes()).isEqualTo(128);
        assertThat(analysis.totals().activationBytes()).isEqualTo(5 * 128 + 5 * 128);
        assertThat(analysis.totals().peakActivationBytes()).isEqualTo(5 * 128 + 5 * 128);
    }

    /** One element of 2 repeated over 16 positions: 8 bytes are read, not 128. */
    @Test
    void whatIsStretchedIsReadAsItIs() {
        Network network = new NetworkBuilder("scale")
                .input("in", INPUT)
                .layer("scale", "learned_tensor", new LearnedTensor(Shape.of(2)))
                .layer("multiply", "multiply", new Elementwise(Elementwise.Operator.MULTIPLY), "in", "scale")
                .build();

        assertThat(moved(Analysis.of(network))).containsExactly(0L, 128L + 8 + 128);
    }

    /** 3 of 1,000 vectors of 8 floats, 96 bytes, read and written; of a table of 2, no more than its 64. */
    @Test
    void anEmbeddingReadsTheVectorsThatItLooksUp() {
        assertThat(moved(Analysis.of(chain(Shape.of(3), new Embedding(1_000, 8)))))
                .containsExactly(12L + 96 + 96);
        assertThat(moved(Analysis.of(chain(Shape.of(3), new Embedding(2, 8))))).containsExactly(12L + 64 + 96);
    }

    /** Query, key and value of 5, 7 and 7 positions; the scores are workspace. */
    @Test
    void attentionMovesItsInputsAndItsResult() {
        NetworkBuilder builder = new NetworkBuilder("attention")
                .input("query", Shape.of(5, 8))
                .input("key", Shape.of(7, 8))
                .input("value", Shape.of(7, 6))
                .layer("attention", "attention", new Attention(2), "query", "key", "value");

        assertThat(moved(Analysis.of(builder.build()))).containsExactly(4L * (40 + 56 + 42 + 30));
    }

    /** One input, read once; four projections of 8 by 8 and as many biases of 8. */
    @Test
    void attentionToItselfReadsItsInputAndWeightsOnce() {
        Layer attention = new MultiHeadAttention(2, OptionalInt.empty(), OptionalInt.empty(), true);
        Analysis analysis = Analysis.of(chain(Shape.of(5, 8), attention));

        assertThat(analysis.layers().getFirst().weightBytes()).isEqualTo(4 * (4 * 64 + 4 * 8));
        assertThat(moved(analysis)).containsExactly(4L * (40 + 4 * 64 + 4 * 8 + 40));
        assertThat(analysis.totals().peakActivationBytes()).isEqualTo(4 * (40 + 40));
    }

    private static List<Long> moved(Analysis analysis) {
        return analysis.layers().stream().map(LayerAnalysis::bytesMoved).toList();
    }
}
