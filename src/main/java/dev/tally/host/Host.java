package dev.tally.host;

import com.sun.management.OperatingSystemMXBean;
import dev.tally.kernel.VectorSupport;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * This machine, as this process sees it. Looked up once; what must be measured is measured when it is first asked for,
 * one thing at a time, and kept.
 */
public final class Host {
    private static final int FIRST_STRETCHES = 60;
    private static final int MORE_STRETCHES = 15;

    private final String fingerprint;
    private final HostDescription description;
    private final VectorSupport vectors;
    private final Map<Integer, Peak> peaks = new ConcurrentHashMap<>();
    private final Object measuring = new Object();
    private volatile @Nullable List<Bandwidth> bandwidth;
    private final PeakMeasurement peakMeasurement;

    private Host() {
        Processor processor = Processor.current();
        int cores = Runtime.getRuntime().availableProcessors();
        vectors = VectorSupport.current();
        peakMeasurement = new PeakMeasurement(vectors.loops());
        fingerprint = Fingerprint.of(processor, cores);
        description = new HostDescription(
                processor.name(),
                System.getProperty("os.arch"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                cores,
                processor.caches(),
                Math.max(processor.vectorBits(), vectors.bits()),
                vectors.missing().orElse(null),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
                System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    /** {@return the machine that this process runs on} */
    public static Host current() {
        return Current.HOST;
    }

    /**
     * {@return a short text that is the same on machines that can be expected to time alike, and after every start:
     * {@code amd-epyc-2c-512b-1f3a9c}} It names the processor's model, the cores that this process may use and the
     * width of the processor's vectors in bits. The last six digits are of a hash of these with the processor's maker,
     * family, model, stepping, caches and architecture. Nothing in it tells whose machine it is.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@return what this machine is} */
    public HostDescription description() {
        return description;
    }

    /**
     * {@return the most float32 arithmetic that this machine was seen to do} Measured when a number of threads is first
     * asked for, which keeps them busy for some tenths of a second.
     *
     * @param threads how many at once; above the cores of this process it is the peak of all cores
     * @throws IllegalArgumentException if it is below 1
     */
    public Peak peak(int threads) {
        int used = usedThreads(threads);
        Peak known = peaks.get(used);
        if (known != null) {
            return known;
        }
        synchronized (measuring) {
            known = peaks.get(used);
            if (known == null) {
                known = peakMeasurement.with(used, FIRST_STRETCHES);
                peaks.put(used, known);
            }
            return known;
        }
    }

    /**
     * {@return the peak after it was measured once more, for some hundredths of a second: the higher one counts} On a
     * shared machine the clock of the first time may have been a sixth below what it is later.
     *
     * @param threads as for {@link #peak}
     */
    public Peak remeasuredPeak(int threads) {
        int used = usedThreads(threads);
        synchronized (measuring) {
            Peak known = peak(threads);
            // Fewer threads reached as much: the others had no core to themselves.
            boolean disturbed = peaks.values().stream()
                    .anyMatch(peak -> peak.threads() < used && peak.flopsPerSecond() >= known.flopsPerSecond());
            Peak now = peakMeasurement.with(used, disturbed ? FIRST_STRETCHES : MORE_STRETCHES);
            return peaks.merge(used, now, (one, other) -> other.flopsPerSecond() > one.flopsPerSecond() ? other : one);
        }
    }

    /** {@return what {@link #peak} has measured already} */
    public Optional<Peak> measuredPeak(int threads) {
        return Optional.ofNullable(peaks.get(usedThreads(threads)));
    }

    private int usedThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: at least 1 expected, got " + threads);
        }
        return Math.min(threads, description.cores());
    }

    /**
     * {@return how fast one thread reads each level of memory, from the nearest on} Measured when first asked for,
     * which takes about half a second.
     */
    public List<Bandwidth> bandwidth() {
        List<Bandwidth> known = bandwidth;
        if (known != null) {
            return known;
        }
        synchronized (measuring) {
            known = bandwidth;
            if (known == null) {
                known = BandwidthMeasurement.of(description, vectors.loops().getFirst());
                bandwidth = known;
            }
            return known;
        }
    }

    /** {@return what {@link #bandwidth} has measured already} */
    public Optional<List<Bandwidth>> measuredBandwidth() {
        return Optional.ofNullable(bandwidth);
    }

    private static final class Current {
        static final Host HOST = new Host();
    }
}
