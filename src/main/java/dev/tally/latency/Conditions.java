package dev.tally.latency;

import dev.tally.measurement.Measurement;
import java.util.Comparator;

/**
 * What a time was measured with: times under the same conditions can be compared, and are put together.
 *
 * @param engine the engine's id
 * @param algorithm the id of the algorithm that convolutions were to be computed by; empty where the engine chose
 * @param precision in which numbers
 * @param threads how many threads it computed with
 * @param host the host's fingerprint
 * @param device what it computed on, with its driver; empty for the host's processor
 */
public record Conditions(String engine, String algorithm, String precision, int threads, String host, String device)
        implements Comparable<Conditions> {
    private static final int LONGEST_DEVICE = 200;

    private static final Comparator<Conditions> ORDER = Comparator.comparing(Conditions::host)
            .thenComparing(Conditions::engine)
            .thenComparingInt(Conditions::threads)
            .thenComparing(Conditions::precision)
            .thenComparing(Conditions::algorithm)
            .thenComparing(Conditions::device);

    static Conditions of(Measurement.Conditions measured, String host) {
        String algorithm = measured.algorithm();
        String device = measured.device();
        return new Conditions(
                measured.engine(),
                algorithm == null ? "" : algorithm,
                measured.precision(),
                measured.threads(),
                host,
                device == null ? "" : device.substring(0, Math.min(device.length(), LONGEST_DEVICE)));
    }

    @Override
    public int compareTo(Conditions other) {
        return ORDER.compare(this, other);
    }
}
