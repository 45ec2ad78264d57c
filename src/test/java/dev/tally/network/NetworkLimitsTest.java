package dev.tally.network;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.analysis.Analysis;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class NetworkLimitsTest {
    private static final Shape INPUT = Shape.of(8, 8, 4);

    @Test
    void aChainOf10000LayersIsBuiltAndAnalysed() {
        NetworkBuilder builder = start();
        for (int i = 0; i < 10_000; i++) {
            builder.layer("l" + i, "relu", relu(), i == 0 ? "in" : "l" + (i - 1));
        }

        Analysis analysis = Analysis.of(builder.build());

        assertThat(analysis.layers()).hasSize(10_000);
        assertThat(analysis.totals().operations().other().comparisons()).isEqualTo(10_000 * 256);
    }

    @Test
    void aChainOf10000LayersWrittenBackwardsIsTurnedAround() {
        NetworkBuilder builder = start();
        for (int i = 9_999; i >= 0; i--) {
            builder.layer("l" + i, "relu", relu(), i == 0 ? "in" : "l" + (i - 1));
        }

        Network network = builder.build();

        assertThat(network.nodes().getFirst().name()).isEqualTo("l0");
        assertThat(network.nodes().getLast().name()).isEqualTo("l9999");
        assertThat(Liveness.of(network).peakElements()).isEqualTo(2 * 256);
    }

    @Test
    void aCycleOf10000LayersIsFound() {
        NetworkBuilder builder = start();
        for (int i = 0; i < 9_999; i++) {
            builder.layer("l" + i, "relu", relu(), "l" + (i + 1));
        }
        builder.layer("l9999", "add", add(), "in", "l0");

        assertThatThrownBy(builder::build).hasMessageContaining("in a cycle");
    }

    @Test
    void moreThan10000LayersAreRejected() {
        NetworkBuilder builder = start();
        for (int i = 0; i < 10_001; i++) {
            builder.layer("l" + i, "relu", relu(), "in");
        }

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("expected 1 to 10000 layers, got 10001");
    }

    @Test
    void aNetworkWithoutLayersIsRejected() {
        assertThatThrownBy(() -> start().build()).hasMessage("expected 1 to 10000 layers, got 0");
    }

    @Test
    void upTo16InputsAreTaken() {
        assertThat(joinOf(16).build().inputs()).hasSize(16);
        assertThatThrownBy(() -> joinOf(17).build())
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("expected 1 to 16 inputs, got 17");
        assertThatThrownBy(() -> new NetworkBuilder("none")
                        .layer("a", "relu", relu(), "in")
                        .build())
                .hasMessage("expected 1 to 16 inputs, got 0");
    }

    @Test
    void moreThan100000EdgesAreRejected() {
        assertThatThrownBy(() -> start().layer(
                                new LayerDraft("join", "concat", concat(), Collections.nCopies(100_001, "in")))
                        .build())
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("expected at most 100000 inputs over all layers, got 100001");
    }

    private static NetworkBuilder joinOf(int inputs) {
        NetworkBuilder builder = new NetworkBuilder("join");
        String[] names = new String[inputs];
        for (int i = 0; i < inputs; i++) {
            names[i] = "in" + i;
            builder.input(names[i], INPUT);
        }
        return builder.layer("join", "concat", concat(), names);
    }

    private static NetworkBuilder start() {
        return new NetworkBuilder("network").input("in", INPUT);
    }
}
