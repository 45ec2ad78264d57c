package dev.tally.latency;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The latest samples of a row, as they stand in it: 8 bytes each, in the order in which they came. */
final class RecentSamples {
    /** Enough that a few bad ones do not move their median, and few enough that it follows a new kernel. */
    static final int MOST = 31;

    private RecentSamples() {}

    static byte[] of(double sample) {
        return ByteBuffer.allocate(Double.BYTES).putDouble(sample).array();
    }

    /** {@return the median of at least one sample} */
    static double median(byte[] samples) {
        double[] sorted = new double[samples.length / Double.BYTES];
        ByteBuffer.wrap(samples).asDoubleBuffer().get(sorted);
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
