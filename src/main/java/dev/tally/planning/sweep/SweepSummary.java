package dev.tally.planning.sweep;

import dev.tally.planning.Figure;
import dev.tally.planning.TimePrediction;
import dev.tally.planning.TimedCounts;
import dev.tally.planning.sweep.Candidate.Counted;
import dev.tally.planning.sweep.Candidate.Faulty;
import dev.tally.planning.sweep.Candidate.Time;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said of all candidates of a sweep together. Takes as much memory however many there are: rank correlations
 * are those of every second candidate, or third, where there are more than a hundred thousand.
 */
public final class SweepSummary {
    /** The most candidates whose figures are correlated with their times. */
    private static final int MOST_CORRELATED = 100_000;

    private final long every;
    private final List<TimedCounts> correlated = new ArrayList<>();
    private final Map<Figure, Least<Long>> least = new EnumMap<>(Figure.class);
    private @Nullable Least<Double> leastNanos;
    private long counted;
    private long faulty;
    private long passed;
    private long timed;

    /**
     * The least that was seen of a figure.
     *
     * @param number the first candidate that has it
     */
    public record Least<V extends Comparable<V>>(V value, long number) {
        private Least<V> least(Least<V> other) {
            int order = other.value.compareTo(value);
            return order < 0 || (order == 0 && other.number < number) ? other : this;
        }
    }

    /** A summary of nothing yet, of a sweep of so many candidates. */
    public SweepSummary(long size) {
        this.every = Math.ceilDiv(size, MOST_CORRELATED);
    }

    /** Adds candidates. */
    public synchronized void add(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            switch (candidate) {
                case Faulty _ -> faulty++;
                case Counted one -> add(one);
            }
        }
    }

    private void add(Counted candidate) {
        counted++;
        passed += candidate.verdict() != null && candidate.verdict().passed() ? 1 : 0;
        for (Figure figure : Figure.values()) {
            least.merge(figure, new Least<>(figure.of(candidate.totals()), candidate.number()), Least::least);
        }
        Time time = candidate.time();
        if (time != null && time.complete()) {
            timed++;
            Least<Double> own = new Least<>(time.nanos(), candidate.number());
            leastNanos = leastNanos == null ? own : leastNanos.least(own);
            if ((candidate.number() - 1) % every == 0) {
                correlated.add(TimedCounts.of(candidate.totals(), time.nanos()));
            }
        }
    }

    /** {@return how many candidates are networks} */
    public synchronized long counted() {
        return counted;
    }

    /** {@return how many are none, or cannot be counted} */
    public synchronized long faulty() {
        return faulty;
    }

    /** {@return how many keep the budget} */
    public synchronized long passed() {
        return passed;
    }

    /** {@return of how many the time of every step is known} */
    public synchronized long timed() {
        return timed;
    }

    /** {@return the least of each figure, of all candidates that are networks, whether or not they keep a budget} */
    public synchronized Map<Figure, Least<Long>> least() {
        Map<Figure, Least<Long>> copy = new EnumMap<>(Figure.class);
        copy.putAll(least);
        return copy;
    }

    /** {@return the shortest time in nanoseconds; null where no candidate's is known} */
    public synchronized @Nullable Least<Double> leastNanos() {
        return leastNanos;
    }

    /** {@return how far counts predict the order of the times; empty where too few are known to tell} */
    public synchronized Optional<TimePrediction> prediction() {
        return TimePrediction.of(correlated);
    }
}
