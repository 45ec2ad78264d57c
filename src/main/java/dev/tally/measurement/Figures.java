package dev.tally.measurement;

import java.util.OptionalLong;

/**
 * What was measured of one network or step on one engine.
 *
 * @param kernel which code of the engine ran
 * @param savedFlops how many multiplies and additions a run executed less than the direct definition has; 0 where the
 *     engine does not say
 * @param timing what the runs say
 * @param prepareNanos how long loading and packing took
 * @param coldNanos how long the first run took
 * @param deviceNanos a run on the engine's device without the copies to it and back; empty where there are none
 * @param disturbance how many times as slow as at its best the host was, 1 where it was quiet: the median of a fixed
 *     probe between the runs relative to its best since the process began, times what missing cores cost
 *     ({@link Samples#disturbance})
 * @param maxRelativeError the largest error at the sampled points relative to the largest reference
 */
public record Figures(
        String kernel,
        long savedFlops,
        Timing timing,
        long prepareNanos,
        long coldNanos,
        OptionalLong deviceNanos,
        double disturbance,
        double maxRelativeError) {}
