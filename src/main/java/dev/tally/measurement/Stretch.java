package dev.tally.measurement;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Runs of one thing in a row, and how the host was around them. */
final class Stretch {
    private final long[] nanos;
    private final long probeNanos;

    /**
     * A stretch of runs.
     *
     * @param nanos how long each took, at least one
     * @param probeNanos how long the probe took after them
     */
    Stretch(long[] nanos, long probeNanos) {
        this.nanos = nanos.clone();
        this.probeNanos = probeNanos;
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

    double median() {
        return Timing.median(nanos().asDoubleStream().toArray());
    }
}
