package dev.tally.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theBaselineIsTheShortestOfAll(int threads) {
        Probe probe = Probe.on(threads);
        probe.warmUp();

        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            shortest = Math.min(shortest, probe.run());
            assertThat(probe.baselineNanos()).isPositive().isLessThanOrEqualTo(shortest);
        }
    }

    @Test
    void thereIsOneForEachNumberOfCores() {
        int cores = Runtime.getRuntime().availableProcessors();

        assertThat(Probe.on(1)).isSameAs(Probe.on(1));
        assertThat(Probe.on(cores + 3)).isSameAs(Probe.on(cores));
    }
}
