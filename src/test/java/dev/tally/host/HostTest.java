package dev.tally.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostTest {
    private final Host host = Host.current();

    @Test
    void thePeakIsKeptAndOnlyRises() {
        Peak first = host.peak(1);

        assertThat(first.flopsPerSecond()).as("a core of this century").isGreaterThan(1e9);
        assertThat(first.how()).isNotBlank();
        assertThat(host.measuredPeak(1)).contains(first);
        Peak later = host.remeasuredPeak(1);
        assertThat(later.flopsPerSecond()).isGreaterThanOrEqualTo(first.flopsPerSecond());
        assertThat(host.peak(1)).isEqualTo(later);
    }

    @Test
    void moreThreadsThanCoresReachWhatTheCoresDo() {
        int cores = host.description().cores();

        assertThat(host.peak(cores + 1)).isEqualTo(host.peak(cores));
    }

    @Test
    void noThreadsHaveNoPeak() {
        assertThatThrownBy(() -> host.peak(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 0");
    }

    @Test
    void everyLevelOfMemoryIsReadAndTheLastIsNoCache() {
        List<Bandwidth> levels = host.bandwidth();

        assertThat(levels).extracting(Bandwidth::level).startsWith("L1").endsWith("DRAM");
        assertThat(levels)
                .allSatisfy(level -> assertThat(level.bytesPerSecond()).isGreaterThan(1e8));
        assertThat(levels).extracting(Bandwidth::bytes).isSorted();
        assertThat(host.bandwidth()).isSameAs(levels);
    }

    @Test
    void theFingerprintIsTheSameAfterEveryStart() {
        assertThat(host.fingerprint())
                .isEqualTo(
                        Fingerprint.of(Processor.current(), host.description().cores()))
                .matches("[a-z0-9-]+-\\d+c-\\d+b-[0-9a-f]{6}");
    }
}
