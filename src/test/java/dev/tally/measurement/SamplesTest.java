package dev.tally.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SamplesTest {
    private static Samples of(Stretch... stretches) {
        Samples samples = new Samples();
        for (Stretch stretch : stretches) {
            samples.add(stretch);
        }
        return samples;
    }

    private static Stretch stretch(long probe, long... nanos) {
        return new Stretch(nanos, probe, 0);
    }

    @Test
    void stretchesBesideASlowProbeAreLeftOutWhereHalfOfTheRunsWereQuiet() {
        Samples samples = of(stretch(100, 10, 10), stretch(150, 30, 30), stretch(104, 12, 12));

        assertThat(samples.timing(100).runs()).isEqualTo(4);
        assertThat(samples.timing(100).median()).isEqualTo(11);
        assertThat(samples.disturbance(100)).isEqualTo(1.02);
    }

    @Test
    void allStretchesCountWhereTheHostWasDisturbedForMostOfThem() {
        Samples samples = of(stretch(100, 10), stretch(150, 30), stretch(160, 30));

        assertThat(samples.timing(100).runs()).isEqualTo(3);
        assertThat(samples.timing(100).median()).isEqualTo(30);
        assertThat(samples.disturbance(100)).isEqualTo(1.5);
    }

    @Test
    void timeWithoutACoreDisturbsThoughTheProbeIsQuick() {
        Samples samples = of(new Stretch(new long[] {30, 30}, 100, 30), new Stretch(new long[] {40}, 110, 20));

        assertThat(samples.disturbance(100)).isCloseTo(1.05 * 2, within(1e-12));
        assertThat(samples.timing(100).runs()).isEqualTo(3);
    }

    @Test
    void stretchesWithoutACoreAreLeftOutWhereHalfOfTheRunsWereQuiet() {
        Samples samples = of(stretch(100, 10, 10), new Stretch(new long[] {50}, 100, 40), stretch(100, 10));

        assertThat(samples.timing(100).runs()).isEqualTo(3);
        assertThat(samples.disturbance(100)).isEqualTo(1);
    }

    @Test
    void noMoreThanTheWholeTimeIsWithoutACore() {
        assertThat(of(new Stretch(new long[] {10}, 100, 30)).disturbance(100))
                .isGreaterThan(10)
                .isFinite();
    }

    @Test
    void theRatioIsThatOfNeighboursHoweverTheHostChanges() {
        // Both take three times as long while the host is slow, one after the other.
        Samples fast = of(stretch(100, 10), stretch(300, 30), stretch(300, 30), stretch(100, 10));
        Samples slow = of(stretch(100, 40), stretch(300, 120), stretch(300, 120), stretch(100, 40));

        assertThat(fast.timesFasterThan(slow)).isEqualTo(4);
    }
}
