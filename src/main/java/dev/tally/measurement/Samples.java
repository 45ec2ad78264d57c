package dev.tally.measurement;

import java.util.ArrayList;
import java.util.List;

/**
 * The stretches of one contender, in the order in which they were run.
 *
 * <p>Neighbours on a shared host slow whole seconds down and leave no trace in the guest's counters, but in the probe
 * that runs between the stretches. So where at least half of the runs were taken while the probe was near its best, the
 * others are left out; else all count, and the disturbance says so.
 */
final class Samples {
    /** How much slower than its best the probe may be for a stretch to count as quiet. */
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

    /** {@return the median of the probe beside the runs that count, relative to its best} */
    double disturbance(long baseline) {
        return Timing.median(counting(baseline).stream()
                .mapToDouble(stretch -> (double) stretch.probeNanos() / baseline)
                .toArray());
    }

    private List<Stretch> counting(long baseline) {
        List<Stretch> quiet = stretches.stream()
                .filter(stretch -> stretch.probeNanos() <= QUIET * baseline)
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
