package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CudaNetworkTest {
    private static final long MILLI = 1_000_000;

    @Test
    void graphsAreAsLargeAsTheirLayersAllow() {
        assertThat(CudaNetwork.step(1, 10_000, 1_000 * MILLI)).isEqualTo(16);
        assertThat(CudaNetwork.step(200, 10_000, 1_000 * MILLI)).isEqualTo(5);
        assertThat(CudaNetwork.step(5_000, 10_000, 1_000 * MILLI)).isEqualTo(1);
    }

    @Test
    void graphsOfWhatTakesLongAreAsLargeAsTheBudgetAllows() {
        // Eight runs of 1 + 4 + 7 copies, 5 ms each, are 480 ms; of 1 + 5 + 9 it would be 600.
        assertThat(CudaNetwork.step(1, 5 * MILLI, 500 * MILLI)).isEqualTo(3);
        assertThat(CudaNetwork.step(1, 500 * MILLI, 500 * MILLI))
                .as("a line takes three points")
                .isEqualTo(1);
    }
}
