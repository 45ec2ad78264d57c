package dev.tally.measurement;

import java.util.Arrays;

/**
 * What the samples of something that was run over and over say. All in nanoseconds.
 *
 * @param median half of the runs were faster
 * @param p10 a tenth of the runs were faster
 * @param p90 nine tenths of the runs were faster
 * @param min the fastest run
 * @param mean the arithmetic mean
 * @param dispersion the middle four fifths of the runs relative to the median, {@code (p90 - p10) / median}
 * @param runs how many runs there were
 */
public record Timing(double median, double p10, double p90, double min, double mean, double dispersion, int runs) {
    /**
     * {@return what samples say; quantiles between two samples are interpolated}
     *
     * @param nanos at least one sample
     */
    static Timing of(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("expected at least one sample");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        double median = quantile(sorted, 0.5);
        double p10 = quantile(sorted, 0.1);
        double p90 = quantile(sorted, 0.9);
        double mean = Arrays.stream(sorted).average().orElseThrow();
        return new Timing(median, p10, p90, sorted[0], mean, (p90 - p10) / median, sorted.length);
    }

    /** {@return the median of some numbers} */
    static double median(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double quantile(long[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
