package dev.tally.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.measurement.Figures;
import dev.tally.measurement.Timing;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateTest {
    private static Figures figures(OptionalLong device) {
        return figures(device, 0);
    }

    private static Figures figures(OptionalLong device, long savedFlops) {
        return new Figures(
                "any", savedFlops, new Timing(2_000, 1_900, 2_100, 1_800, 2_000, 0.1, 9), 1, 1, device, 1, 0);
    }

    @Test
    void isTheWorkOverTheMedian() {
        Rate rate = Rate.of(100_000, figures(OptionalLong.empty()), 200e9);

        assertThat(rate.gflops()).isEqualTo(50);
        assertThat(rate.shareOfPeak()).hasValue(0.25);
    }

    @Test
    void onADeviceItIsTheWorkOverTheTimeWithoutCopies() {
        assertThat(Rate.of(100_000, figures(OptionalLong.of(500)), 0).gflops()).isEqualTo(200);
    }

    @Test
    void theShareIsOfWhatIsExecutedWhileTheRateIsOfTheDefinition() {
        Rate fewer = Rate.of(100_000, figures(OptionalLong.empty(), 60_000), 200e9);
        Rate more = Rate.of(100_000, figures(OptionalLong.empty(), -20_000), 200e9);

        // 40,000 and 120,000 in 2 µs are 20 and 60 thousands of millions a second.
        assertThat(fewer).isEqualTo(new Rate(50, OptionalDouble.of(0.1)));
        assertThat(more).isEqualTo(new Rate(50, OptionalDouble.of(0.3)));
    }

    @Test
    void aShareIsNeverAboveOne() {
        assertThat(Rate.of(100_000, figures(OptionalLong.empty()), 40e9).shareOfPeak())
                .hasValue(1);
    }

    @Test
    void whatIsNotComputedOnTheHostHasNoShareOfItsPeak() {
        assertThat(Rate.of(100_000, figures(OptionalLong.empty()), 0).shareOfPeak())
                .isEmpty();
    }
}
