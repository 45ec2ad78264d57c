package dev.tally.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of measurements.
 *
 * @param memory the most that the weights and activations of what is measured may take; half of the machine's by
 *     default
 * @param longest how long one may take by its estimate
 * @param prepare whether a worker gets ready to measure once it has started, before anybody asks
 */
@ConfigurationProperties("tally.measurement")
record MeasurementProperties(
        @Nullable DataSize memory,
        @DefaultValue("10m") Duration longest,
        @DefaultValue("true") boolean prepare) {
    MeasurementProperties {
        if (memory != null && memory.toBytes() < 1) {
            throw new IllegalArgumentException("tally.measurement.memory: expected at least 1B, got " + memory);
        }
        if (longest.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("tally.measurement.longest: expected at least 1s, got " + longest);
        }
    }

    DataSize memoryOf(long machineBytes) {
        return memory == null ? DataSize.ofBytes(machineBytes / 2) : memory;
    }
}
