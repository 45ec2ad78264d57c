package dev.tally.planning;

import dev.tally.measurement.Figures;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How fast something was computed.
 *
 * @param gflops the direct definition's multiplies and additions over the median time, on a device with memory of its
 *     own over the time without copies, in thousands of millions a second
 * @param shareOfPeak of what the host reaches with as many threads, at most 1; empty where the host's peak is no limit
 *     of the engine
 */
public record Rate(double gflops, OptionalDouble shareOfPeak) {
    /**
     * {@return the rate of something that was measured}
     *
     * @param flops its multiplies and additions
     * @param peakFlops what the host reaches in operations a second; 0 where the engine does not compute on the host
     */
    public static Rate of(long flops, Figures figures, double peakFlops) {
        OptionalLong device = figures.deviceNanos();
        double perNano = flops
                / (device.isPresent() ? device.getAsLong() : figures.timing().median());
        return new Rate(
                perNano,
                // The peak was measured at another moment, when the host may have been slower.
                peakFlops == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, perNano * 1e9 / peakFlops)));
    }
}
