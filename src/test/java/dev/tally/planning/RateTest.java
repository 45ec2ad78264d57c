package dev.tally.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.measurement.Figures;
import dev.tally.measurement.Timing;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateTest {
    private static Figures figures(OptionalLong device) {
        return new Figures("any", new Timing(2_000, 1_900, 2_100, 1_800, 2_000, 0.1, 9), 1, 1, device, 1, 0);
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
