package dev.tally.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimingTest {
    @Test
    void saysWhatOneToOneHundredAndOneAre() {
        Timing timing =
                Timing.of(LongStream.rangeClosed(1, 101).map(i -> 102 - i).toArray());

        assertThat(timing).isEqualTo(new Timing(51, 11, 91, 1, 51, 80.0 / 51, 101));
    }

    @Test
    void quantilesBetweenTwoSamplesAreInterpolated() {
        Timing timing = Timing.of(new long[] {10, 20});

        assertThat(timing.median()).isEqualTo(15);
        assertThat(timing.p10()).isCloseTo(11, within(1e-9));
        assertThat(timing.p90()).isCloseTo(19, within(1e-9));
    }

    @Test
    void oneSampleIsAllOfThem() {
        assertThat(Timing.of(new long[] {7})).isEqualTo(new Timing(7, 7, 7, 7, 7, 0, 1));
    }

    @Test
    void rejectsNoSamples() {
        assertThatThrownBy(() -> Timing.of(new long[0])).hasMessage("expected at least one sample");
    }
}
