package dev.tally.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void theBaselineIsTheShortestOfAll() {
        Probe probe = Probe.current();
        probe.warmUp();

        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            shortest = Math.min(shortest, probe.run());
            assertThat(probe.baselineNanos()).isPositive().isLessThanOrEqualTo(shortest);
        }
    }

    @Test
    void theProbeIsTheSameForTheWholeProcess() {
        assertThat(Probe.current()).isSameAs(Probe.current());
    }
}
