package dev.tally.latency;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What is known of the time of a step, or of a network, under some conditions. Times in nanoseconds; a sample is the
 * median run of one measurement.
 *
 * @param key what was measured
 * @param count how many measurements count: those of a quiet host, or, where there is none, those of a disturbed one
 * @param mean the arithmetic mean of their samples
 * @param variance the unbiased variance of the samples; empty of a single one
 * @param median the median of the latest samples, 31 at most
 * @param min the fastest run of all
 * @param measuredAt when the last of them was taken
 * @param kernel which code ran, the last time
 * @param disturbance how many times as slow as at its best the host was, the last time
 */
public record Latency(
        String key,
        Conditions conditions,
        int count,
        double mean,
        OptionalDouble variance,
        double median,
        double min,
        Instant measuredAt,
        String kernel,
        double disturbance) {
    /** {@return whether its host was so disturbed that it is worth measuring again} */
    public boolean disturbed() {
        return disturbance > Sample.DISTURBED;
    }
}
