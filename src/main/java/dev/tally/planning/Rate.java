package dev.tally.planning;

import dev.tally.measurement.Figures;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How fast something was computed.
 *
 * @param gflops the direct definition's multiplies and additions over the median time, on a device with memory of its
 *     own over the time without copies, in thousands of millions a second
 * @param shareOfPeak those that were really executed over that time, as a part of what the host reaches with as many
 *     threads, at most 1; empty where the host's peak is no limit of the engine. An algorithm that needs fewer than the
 *     direct definition has a smaller share than {@code gflops} over the peak.
 */
public record Rate(double gflops, OptionalDouble shareOfPeak) {
    /**
     * {@return the rate of something that was measured}
     *
     * @param flops its multiplies and additions by the direct definition
     * @param peakFlops what the host reaches in operations a second; 0 where the engine does not compute on the host
     */
    public static Rate of(long flops, Figures figures, double peakFlops) {
        OptionalLong device = figures.deviceNanos();
        double nanos =
                device.isPresent() ? device.getAsLong() : figures.timing().median();
        double executed = flops - figures.savedFlops();
        return new Rate(
                flops / nanos,
                // The peak was measured at another moment, when the host may have been slower.
                peakFlops == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Math.min(1, executed / nanos * 1e9 / peakFlops)));
    }
}
