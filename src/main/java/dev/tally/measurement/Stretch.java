package dev.tally.measurement;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Runs of one thing in a row, and how the host was around them. */
final class Stretch {
    private final long[] nanos;
    private final long probeNanos;
    private final long delayNanos;

    /**
     * A stretch of runs.
     *
     * @param nanos how long each took, at least one
     * @param probeNanos how long the probe took after them
     * @param delayNanos for how long of all that time a thread that computes stood ready without a core
     */
    Stretch(long[] nanos, long probeNanos, long delayNanos) {
        this.nanos = nanos.clone();
        this.probeNanos = probeNanos;
        this.delayNanos = Math.min(delayNanos, nanos().sum());
    }

    int runs() {
        return nanos.length;
    }

    LongStream nanos() {
        return Arrays.stream(nanos);
    }

    long probeNanos() {
        return probeNanos;
    }

    /** {@return the time that the runs took} */
    long workNanos() {
        return nanos().sum();
    }

    /** {@return the part of it in which a core was missing} */
    long delayNanos() {
        return delayNanos;
    }

    double median() {
        return Timing.median(nanos().asDoubleStream().toArray());
    }
}
