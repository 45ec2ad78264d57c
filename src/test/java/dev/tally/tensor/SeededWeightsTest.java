package dev.tally.tensor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.network.BatchNorm;
import dev.tally.network.Dense;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import java.lang.foreign.Arena;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeededWeightsTest {
    private static final SeededWeights WEIGHTS = new SeededWeights(1);

    private static Network dense(String name) {
        return new NetworkBuilder("")
                .input("x", Shape.of(600))
                .layer(name, "dense", new Dense(100, true), "x")
                .layer("bn", "batch_norm", new BatchNorm(1e-5), name)
                .build();
    }

    private static FloatValues values(Network network, int node, int slot) {
        Node layer = network.nodes().get(node);
        return WEIGHTS.of(layer, layer.weights().get(slot));
    }

    @Test
    void areTheSameForALayerOfOneNameInAnyNetwork() {
        FloatValues some = values(dense("fc"), 0, 0);
        FloatValues same = values(dense("fc"), 0, 0);
        FloatValues others = values(dense("other"), 0, 0);

        assertThat(some.at(12_345)).isEqualTo(same.at(12_345)).isNotEqualTo(others.at(12_345));
    }

    /** Changing them would make every figure that was measured before another one. */
    @Test
    void neverChange() {
        FloatValues kernel = values(dense("fc"), 0, 0);

        assertThat(new float[] {kernel.at(0), kernel.at(1), kernel.at(59_999)}).containsExactly(KNOWN, within(1e-9f));
    }

    private static final float[] KNOWN = {0.051146127f, 0.019273223f, -0.059197806f};

    @Test
    void areCopiedAsTheyAre() {
        for (int slot = 0; slot < 4; slot++) {
            FloatValues norm = values(dense("fc"), 1, slot);
            float[] copied = new float[11];
            norm.copy(80, copied, 10);

            for (int i = 0; i < 10; i++) {
                assertThat(copied[i]).isEqualTo(norm.at(80 + i));
            }
            assertThat(copied[10]).isZero();
        }
    }

    @Test
    void aKernelHasTheVarianceThatKeepsASumsSize() {
        FloatValues kernel = values(dense("fc"), 0, 0);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 60_000; i++) {
            sum += kernel.at(i);
            squares += kernel.at(i) * (double) kernel.at(i);
        }

        assertThat(sum / 60_000).isCloseTo(0, within(0.001));
        assertThat(squares / 60_000).isCloseTo(1.5 / 600, within(0.00002));
    }

    @Test
    void variancesArePositive() {
        FloatValues variance = values(dense("fc"), 1, 3);

        for (int i = 0; i < 100; i++) {
            assertThat(variance.at(i)).isBetween(0.5f, 1.5f);
        }
    }

    @Test
    void whatAnEmbeddingLooksUpIsOneOfItsEntries() {
        Network words = new NetworkBuilder("")
                .batch(2)
                .input("tokens", Shape.of(50))
                .input("other", Shape.of(50, 4))
                .layer("table", "embedding", new Embedding(7, 4), "tokens")
                .layer("sum", "add", new Elementwise(Elementwise.Operator.ADD), "table", "other")
                .build();
        try (Arena arena = Arena.ofConfined()) {
            Map<Input, Tensor> inputs = SeededInputs.of(words, 1, arena);
            Tensor tokens = requireNonNull(inputs.get(words.inputs().getFirst()));
            Tensor other = requireNonNull(inputs.get(words.inputs().getLast()));

            assertThat(tokens.elements()).isEqualTo(100);
            for (int i = 0; i < 100; i++) {
                assertThat(tokens.at(i)).isBetween(0f, 6f).isEqualTo(Math.round(tokens.at(i)));
                assertThat(other.at(i)).isBetween(-1f, 1f);
            }
        }
    }
}
