package dev.tally.latency;

import dev.tally.measurement.Figures;
import org.jspecify.annotations.Nullable;

/**
 * What one measurement says of a key.
 *
 * @param nanos its median run; on a device with a memory of its own, the device's time without the copies to it and
 *     back, which each step by itself would have again
 * @param minNanos its fastest run; on such a device the same as {@code nanos}, which is all that is known
 * @param kernel which code ran
 * @param disturbance how many times as slow as at its best the host was meanwhile
 */
record Sample(double nanos, double minNanos, String kernel, double disturbance) {
    /**
     * Above which a host was so disturbed that it is worth measuring again: such a sample counts until there is one
     * that is not.
     */
    static final double DISTURBED = 1.15;

    private static final int LONGEST_KERNEL = 200;

    /** {@return what figures say; null where they have no runs, or a number that is none} */
    static @Nullable Sample of(Figures figures) {
        double nanos = figures.deviceNanos().isPresent()
                ? figures.deviceNanos().getAsLong()
                : figures.timing().median();
        double min =
                figures.deviceNanos().isPresent() ? nanos : figures.timing().min();
        String kernel = figures.kernel();
        boolean sound = figures.timing().runs() > 0
                && Double.isFinite(nanos)
                && Double.isFinite(min)
                && Double.isFinite(figures.disturbance());
        return sound
                ? new Sample(
                        nanos,
                        min,
                        kernel.substring(0, Math.min(kernel.length(), LONGEST_KERNEL)),
                        figures.disturbance())
                : null;
    }
}
