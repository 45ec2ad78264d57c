package dev.tally.engine.onnxruntime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The time of a computation without what every run costs once: runs of graphs that hold 1, 1 + s and 1 + 2s copies of
 * it are timed in turn, and the median times laid on a line by least squares over the number of copies. The line's
 * slope is the time of one copy; the copies to a device and back, which each run makes once, are in its intercept.
 */
final class CopiesSlope {
    /** Runs before the first that counts: the first makes cuDNN choose its algorithms, the next allocate. */
    private static final int WARM_UP = 3;

    private static final int FEWEST_RUNS = 5;

    /** How often each graph runs at least, whatever the budget. */
    static final int LEAST_RUNS = WARM_UP + FEWEST_RUNS;

    private CopiesSlope() {}

    /**
     * A graph with copies.
     *
     * @param copies how many
     * @param run runs it once
     */
    record Copied(int copies, Runnable run) {}

    /**
     * {@return the time of one copy in nanoseconds; empty where it is too short to show}
     *
     * @param graphs at least two, of different numbers of copies
     * @param budgetNanos about how long to take; each runs a few times in any case
     * @param clock gives nanoseconds
     */
    static OptionalLong nanos(List<Copied> graphs, long budgetNanos, LongSupplier clock) {
        List<List<Long>> times = new ArrayList<>();
        for (Copied graph : graphs) {
            times.add(new ArrayList<>());
            for (int i = 0; i < WARM_UP; i++) {
                graph.run().run();
            }
        }
        long start = clock.getAsLong();
        for (int runs = 0; runs < FEWEST_RUNS || clock.getAsLong() - start < budgetNanos; runs++) {
            for (int i = 0; i < graphs.size(); i++) {
                long before = clock.getAsLong();
                graphs.get(i).run().run();
                times.get(i).add(clock.getAsLong() - before);
            }
        }
        double[] copies = graphs.stream().mapToDouble(Copied::copies).toArray();
        double[] medians = times.stream().mapToDouble(CopiesSlope::median).toArray();
        long slope = Math.round(slope(copies, medians));
        return slope > 0 ? OptionalLong.of(slope) : OptionalLong.empty();
    }

    /** {@return the slope of the line through points that has the least squares of distances} */
    static double slope(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        return products / squares;
    }

    private static double median(List<Long> times) {
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}
