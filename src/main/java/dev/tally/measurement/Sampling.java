package dev.tally.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How samples are taken. Each contender is warmed up by itself until its rate is steady; then all take turns, a stretch
 * of runs each, with the probe after each stretch, so that what slows the host meets all of them. The time that this
 * takes is a budget; while the probe says that the host is disturbed it is extended by up to a half.
 */
final class Sampling {
    /** What is run over and over. */
    interface Contender {
        void run();

        /** Ends what would go on in the background and disturb who runs next. */
        void park();
    }

    private static final int FEWEST_ROUNDS = 3;
    private static final int FEWEST_RUNS = 5;
    private static final int STRETCHES = 20;

    /** Ten times the probe, so that it takes a tenth of the time at most. */
    private static final long SHORTEST_STRETCH = 4_000_000;

    private static final long LONGEST_STRETCH = 50_000_000;
    private static final long LONGEST_WARM_UP = 1_000_000_000;
    private static final double STEADY = 0.02;
    private static final int STEADY_WINDOWS = 3;

    /** In one stretch; more would fill the memory with the samples of a layer that takes no time. */
    private static final int MOST_RUNS = 1_000;

    /**
     * Finds the threads that a piece of work keeps busy, and gives how long they have waited for a core since asked
     * last.
     */
    @FunctionalInterface
    interface Delays {
        LongSupplier during(Runnable work);
    }

    private final LongSupplier clock;
    private final LongSupplier probe;
    private final LongSupplier baseline;
    private final Delays delays;
    private final boolean parking;
    private final Deadline deadline;

    /**
     * Sampling by a clock and a probe.
     *
     * @param clock the time in nanoseconds
     * @param probe runs the probe and gives its time in nanoseconds
     * @param baseline the probe's best time
     * @param delays tells for how long threads that compute have no core
     * @param parking whether the probe needs the cores that a contender's threads go on spinning on
     * @param deadline ends the sampling early
     */
    Sampling(
            LongSupplier clock,
            LongSupplier probe,
            LongSupplier baseline,
            Delays delays,
            boolean parking,
            Deadline deadline) {
        this.clock = clock;
        this.probe = probe;
        this.baseline = baseline;
        this.delays = delays;
        this.parking = parking;
        this.deadline = deadline;
    }

    /**
     * {@return the samples of each contender, in their order}
     *
     * @param budgetNanos how long to take samples, warming up apart
     * @throws MeasurementTimeoutException if the deadline passes before each has been sampled, or is cancelled
     */
    List<Samples> take(List<? extends Contender> contenders, long budgetNanos) {
        List<LongSupplier> delay = new ArrayList<>();
        for (Contender contender : contenders) {
            delay.add(delays.during(() -> warmUp(contender, budgetNanos / contenders.size())));
            if (parking || contenders.size() > 1) {
                contender.park();
            }
        }
        List<Samples> samples = contenders.stream().map(_ -> new Samples()).toList();
        long stretch = Math.clamp(budgetNanos / STRETCHES / contenders.size(), SHORTEST_STRETCH, LONGEST_STRETCH);
        long start = clock.getAsLong();
        long end = start + budgetNanos;
        long extended = end + budgetNanos / 2;
        for (int round = 0; ; round++) {
            long now = clock.getAsLong();
            boolean enough = round >= FEWEST_ROUNDS && samples.stream().allMatch(each -> each.runs() >= FEWEST_RUNS);
            if (enough && now >= (samples.stream().anyMatch(this::disturbed) ? extended : end)) {
                break;
            }
            if (deadline.passed()) {
                deadline.throwUnless(round > 0);
                break;
            }
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get(i);
                long _ = delay.get(i).getAsLong(); // What passed while others ran does not count.
                long[] runs = stretch(contender, stretch, 1);
                long delayed = delay.get(i).getAsLong();
                if (parking || contenders.size() > 1) {
                    contender.park();
                }
                samples.get(i).add(new Stretch(runs, probe.getAsLong(), delayed));
            }
        }
        return samples;
    }

    /** {@return the probe's best time so far in nanoseconds} */
    long baseline() {
        return baseline.getAsLong();
    }

    private boolean disturbed(Samples samples) {
        return samples.disturbance(baseline.getAsLong()) > Samples.QUIET;
    }

    /** Runs in windows until three of them in a row take equally long: two do while code waits to be compiled. */
    private void warmUp(Contender contender, long budgetNanos) {
        long end = clock.getAsLong() + Math.min(budgetNanos / 2, LONGEST_WARM_UP);
        long window = Math.clamp(budgetNanos / STRETCHES, SHORTEST_STRETCH / 4, LONGEST_STRETCH);
        double before = Double.NaN;
        int alike = 1;
        do {
            deadline.throwIfPassed();
            long[] runs = stretch(contender, window, 2);
            double now = Timing.median(Arrays.stream(runs).asDoubleStream().toArray());
            alike = Math.abs(now - before) <= STEADY * before ? alike + 1 : 1;
            before = now;
        } while (alike < STEADY_WINDOWS && clock.getAsLong() < end);
    }

    private long[] stretch(Contender contender, long nanos, int fewest) {
        long[] runs = new long[16];
        int count = 0;
        long start = clock.getAsLong();
        long before = start;
        while ((count < fewest || before - start < nanos) && count < MOST_RUNS) {
            if (count == runs.length) {
                runs = Arrays.copyOf(runs, 2 * count);
            }
            contender.run();
            long after = clock.getAsLong();
            runs[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(runs, count);
    }
}
