package dev.tally.planning.sweep;

import dev.tally.planning.Figure;
import dev.tally.planning.RankCorrelation;
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
 * are those of every second candidate, or third, where there are more than {@value #MOST_CORRELATED}.
 */
public final class SweepSummary {
    /** The most candidates whose figures are correlated with their times. */
    public static final int MOST_CORRELATED = 100_000;

    private static final List<Figure> CORRELATED = List.of(Figure.MULTIPLIES, Figure.BYTES_MOVED, Figure.PARAMETERS);

    private final long every;
    private final List<double[]> correlated = new ArrayList<>();
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
                double[] figures = new double[CORRELATED.size() + 1];
                for (int i = 0; i < CORRELATED.size(); i++) {
                    figures[i] = CORRELATED.get(i).of(candidate.totals());
                }
                figures[CORRELATED.size()] = time.nanos();
                correlated.add(figures);
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

    /** {@return how many candidates are correlated} */
    public synchronized int correlated() {
        return correlated.size();
    }

    /** {@return how far each figure predicts the order of the times; without those of which nothing can be said} */
    public synchronized Map<Figure, RankCorrelation> correlations() {
        Map<Figure, RankCorrelation> correlations = new EnumMap<>(Figure.class);
        double[] times = column(CORRELATED.size());
        for (int i = 0; i < CORRELATED.size(); i++) {
            Optional<RankCorrelation> correlation = RankCorrelation.of(column(i), times);
            if (correlation.isPresent()) {
                correlations.put(CORRELATED.get(i), correlation.get());
            }
        }
        return correlations;
    }

    private double[] column(int column) {
        return correlated.stream().mapToDouble(figures -> figures[column]).toArray();
    }
}
