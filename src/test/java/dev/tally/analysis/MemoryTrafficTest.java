package dev.tally.analysis;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.batchNorm;
import static dev.tally.network.Layers.chain;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.maxPool;
import static dev.tally.network.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.DataType;
import dev.tally.network.Dropout;
import dev.tally.network.Flatten;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Shape;
import java.util.List;
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

    private static List<Long> moved(Analysis analysis) {
        return analysis.layers().stream().map(LayerAnalysis::bytesMoved).toList();
    }
}
