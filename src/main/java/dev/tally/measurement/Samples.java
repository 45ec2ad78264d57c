package dev.tally.measurement;

import java.util.ArrayList;
import java.util.List;

/**
 * The stretches of one contender, in the order in which they were run.
 *
 * <p>Two things disturb them. Neighbours on a shared host slow whole seconds down and leave no trace in the guest's
 * counters, but in the probe that runs between the stretches. Other processes of the same system take cores away for
 * some milliseconds; the probe mostly slips through between their turns, but the system counts the delays. So where at
 * least half of the runs were taken in quiet stretches, the others are left out; else all count, and the disturbance
 * says so.
 */
final class Samples {
    /** How much slower than at its best the host may be for a stretch to count as quiet. */
    static final double QUIET = 1.05;

    private final List<Stretch> stretches = new ArrayList<>();

    void add(Stretch stretch) {
        stretches.add(stretch);
    }

    List<Stretch> stretches() {
        return stretches;
    }

    int runs() {
        return stretches.stream().mapToInt(Stretch::runs).sum();
    }

    /** {@return what the runs say that count} */
    Timing timing(long baseline) {
        return Timing.of(
                counting(baseline).stream().flatMapToLong(Stretch::nanos).toArray());
    }

    /**
     * {@return how many times as slow as at its best the host was for the runs that count: the median of the probe
     * relative to its best, and that by the time that the runs took relative to what was left of it after the delays}
     */
    double disturbance(long baseline) {
        return disturbance(counting(baseline), baseline);
    }

    private static double disturbance(List<Stretch> stretches, long baseline) {
        double probe = Timing.median(
                stretches.stream().mapToDouble(Stretch::probeNanos).toArray());
        double work = stretches.stream().mapToDouble(Stretch::workNanos).sum();
        double delay = stretches.stream().mapToDouble(Stretch::delayNanos).sum();
        // Half a nanosecond, in place of nothing, keeps the quotient finite.
        return probe / baseline * work / Math.max(work - delay, 0.5);
    }

    private List<Stretch> counting(long baseline) {
        List<Stretch> quiet = stretches.stream()
                .filter(stretch -> disturbance(List.of(stretch), baseline) <= QUIET)
                .toList();
        int quietRuns = quiet.stream().mapToInt(Stretch::runs).sum();
        return 2 * quietRuns >= runs() ? quiet : stretches;
    }

    /** {@return the median, over pairs of stretches that were run one after the other, of the other's time to this} */
    double timesFasterThan(Samples other) {
        int pairs = Math.min(stretches.size(), other.stretches.size());
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            ratios[i] = other.stretches.get(i).median() / stretches.get(i).median();
        }
        return Timing.median(ratios);
    }
}
