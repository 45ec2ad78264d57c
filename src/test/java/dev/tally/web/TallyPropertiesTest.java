package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class TallyPropertiesTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 2", "16, 15"})
    void fromThreeCoresOnBatchesLeaveOneFree(int cores, int threads) {
        assertThat(TallyProperties.Batch.byDefault(cores)).isEqualTo(threads);
    }

    @Test
    void whatIsMeasuredMayTakeHalfOfTheMachinesMemoryUnlessASettingSaysOtherwise() {
        assertThat(new TallyProperties.Measurement(null, 8, true).memoryOf(1 << 30))
                .isEqualTo(DataSize.ofMegabytes(512));
        assertThat(new TallyProperties.Measurement(DataSize.ofMegabytes(3), 8, true).memoryOf(1 << 30))
                .isEqualTo(DataSize.ofMegabytes(3));
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() -> new TallyProperties.Measurement(DataSize.ofBytes(0), 8, true))
                .hasMessageContaining("tally.measurement.memory: expected at least 1B, got 0B");
        assertThatThrownBy(() -> new TallyProperties.Measurement(null, 101, true))
                .hasMessageContaining("tally.measurement.waiting: expected 0 to 100, got 101");
    }
}
