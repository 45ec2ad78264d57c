package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyPropertiesTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 2", "16, 15"})
    void fromThreeCoresOnBatchesLeaveOneFree(int cores, int threads) {
        assertThat(TallyProperties.Batch.byDefault(cores)).isEqualTo(threads);
    }
}
