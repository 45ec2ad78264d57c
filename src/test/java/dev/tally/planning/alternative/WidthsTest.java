package dev.tally.planning.alternative;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WidthsTest {
    @Test
    void goFromAFortyEighthOfTheChannelsToTheLastThatIsAskedFor() {
        assertThat(Widths.upTo(154, 192)).containsExactly(4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128);
        assertThat(Widths.upTo(1, 192)).containsExactly(1);
        assertThat(Widths.upTo(3, 3)).containsExactly(1, 2, 3);
        assertThat(Widths.upTo(6, 100)).containsExactly(2, 3, 4, 6);
    }

    @Test
    void areADozenAtMost() {
        for (int channels = 1; channels <= 5_000; channels++) {
            assertThat(Widths.upTo(channels, channels))
                    .hasSizeBetween(1, 12)
                    .isSorted()
                    .allSatisfy(width -> assertThat(width).isPositive());
        }
    }

    @Test
    void goUpToTheLargestNumberOfChannels() {
        assertThat(Widths.upTo(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .hasSize(12)
                .endsWith(1 << 30, 3 << 29);
    }
}
