package dev.tally.measurement;

import dev.tally.engine.Engine;
import java.time.Duration;
import java.util.List;

/**
 * Roughly how long a plan takes and how much memory: good enough to refuse what nobody would wait for, before anything
 * is allocated.
 *
 * @param time from the first preparation to the last check
 * @param bytes the most held at once
 */
public record Estimate(Duration time, long bytes) {
    /** Seconds for a byte of weights: made up, laid out for the engine, read by it. */
    private static final double LOADING = 1 / 0.5e9;

    /** Seconds for a byte that a step reads or writes, beside its arithmetic. */
    private static final double MOVING = 1 / 8e9;

    /** Seconds for an operation that is done an element at a time. */
    private static final double SLOWLY = 1 / 2e9;

    /** Seconds for a step that does nothing. */
    private static final double CALLING = 3e-6;

    /**
     * Seconds to make a network ready, and to check it: its graph is optimised, some points of each step are computed.
     */
    private static final double PREPARING = 0.05;

    private static final double PREPARING_STEP = 0.004;

    /** Each engine packs the weights for its kernels and may keep the originals. */
    private static final int COPIES_OF_WEIGHTS = 2;

    /** Runs outside of the samples: the first, warming up, reading outputs, laying the steps open. */
    private static final int OTHER_RUNS = 6;

    private static final int FEWEST_RUNS_OF_SAMPLES = 5;

    /**
     * The fewest stretches of a step, with the probe after each; and until an engine's threads sleep, if others follow.
     */
    private static final double STRETCHES = 3 * 0.0045;

    private static final double PARKING = 3 * 0.03;

    /** Those of several copies by which the time of a device is found, in layers of one. */
    private static final int LARGER_GRAPHS = 3;

    /** Most of a budget that warming up takes beside it, and by which it is extended where the host is disturbed. */
    private static final double BESIDE_THE_BUDGET = 0.75;

    /**
     * {@return the estimate of a plan}
     *
     * @param costs of the network and, where the plan has one, of the baseline
     * @param peakFlops what the host reaches with the plan's threads, in operations a second
     */
    public static Estimate of(MeasurementPlan plan, List<Cost> costs, double peakFlops) {
        double seconds = 0;
        double runs = 0;
        double devices = 0;
        double steps = 0;
        long bytes = 0;
        for (Engine engine : plan.engines()) {
            for (Cost cost : costs) {
                double run = runSeconds(engine, cost, peakFlops);
                double loading = cost.weightBytes() * LOADING;
                runs += run;
                seconds += 2 * loading + PREPARING + cost.steps() * PREPARING_STEP + OTHER_RUNS * run;
                bytes = saturated(bytes, COPIES_OF_WEIGHTS, cost.weightBytes());
                bytes = saturated(bytes, 2, cost.activationBytes());
            }
            if (!engine.onHost()) {
                // Its own time takes as long to find again, from larger graphs.
                devices++;
                seconds += LARGER_GRAPHS * (PREPARING + costs.getFirst().steps() * PREPARING_STEP);
            }
            if (plan.perLayer()) {
                Cost network = costs.getFirst();
                boolean parked = plan.threads() > 1 && plan.engines().size() > 1;
                steps += network.steps() * (STRETCHES + (parked ? PARKING : 0));
                double run = runSeconds(engine, network, peakFlops);
                seconds += network.weightBytes() * LOADING
                        + network.steps() * 2 * PREPARING_STEP
                        + (OTHER_RUNS + FEWEST_RUNS_OF_SAMPLES) * run;
            }
        }
        double budget = plan.budget().toMillis() / 1e3;
        // Of layers that do the same work one is measured: a part of them, as a rule half.
        double samples = Math.max(budget, budget / 2 + steps / 2);
        seconds += Math.max(samples * (1 + BESIDE_THE_BUDGET), FEWEST_RUNS_OF_SAMPLES * runs);
        seconds += budget * devices / plan.engines().size();
        return new Estimate(Duration.ofMillis((long) Math.min(1e3 * seconds, 1e15)), bytes);
    }

    private static double runSeconds(Engine engine, Cost cost, double peakFlops) {
        return cost.flops() / (engine.usualShareOfPeak() * peakFlops)
                + cost.slowOperations() * SLOWLY
                + cost.bytesMoved() * MOVING
                + cost.steps() * CALLING;
    }

    private static long saturated(long sum, int factor, long bytes) {
        long product = bytes > Long.MAX_VALUE / factor ? Long.MAX_VALUE : factor * bytes;
        return sum > Long.MAX_VALUE - product ? Long.MAX_VALUE : sum + product;
    }
}
