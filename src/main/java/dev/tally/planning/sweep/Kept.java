package dev.tally.planning.sweep;

import dev.tally.planning.Front;
import dev.tally.planning.sweep.Candidate.Counted;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The candidates of a sweep that are kept so far, as texts: a network would hold a thousand times as much. Which they
 * are in the end does not depend on the order in which they come; several threads may offer.
 */
public abstract sealed class Kept {
    /**
     * A candidate.
     *
     * @param cost by which the best are found; 0 on a front
     */
    private record Entry(double cost, long number, String text) {
        private static final Comparator<Entry> ORDER =
                Comparator.comparingDouble(Entry::cost).thenComparingLong(Entry::number);
    }

    private final List<Criterion> criteria;

    private Kept(List<Criterion> criteria) {
        this.criteria = criteria;
    }

    /** {@return nothing yet of what is to be kept} */
    public static Kept of(Keep keep) {
        return switch (keep) {
            case Keep.Best best -> new Best(best);
            case Keep.OnFront front -> new OnFront(front.criteria());
        };
    }

    /**
     * Offers a candidate. One that exceeds the budget, or whose time is to be compared and is not known, is not kept.
     *
     * @param text writes it, where it is kept for now
     */
    public void offer(Counted candidate, Function<Counted, String> text) {
        if (candidate.verdict() != null && !candidate.verdict().passed()) {
            return;
        }
        double[] costs = new double[criteria.size()];
        for (int i = 0; i < costs.length; i++) {
            OptionalDouble cost = criteria.get(i).of(candidate);
            if (cost.isEmpty()) {
                return;
            }
            costs[i] = cost.getAsDouble();
        }
        if (isWanted(costs, candidate.number())) {
            put(costs, candidate.number(), text.apply(candidate));
        }
    }

    /** {@return whether it would be kept as things stand, before it is written} */
    abstract boolean isWanted(double[] costs, long number);

    abstract void put(double[] costs, long number, String text);

    /** {@return the texts of those that are kept: the best first, those of a front in the sweep's order} */
    public abstract List<String> texts();

    /** {@return how many were on the front when it held no more, and were left out} */
    public abstract long leftOut();

    private static final class Best extends Kept {
        private final int count;
        private final TreeSet<Entry> entries = new TreeSet<>(Entry.ORDER);

        Best(Keep.Best keep) {
            super(keep.criteria());
            this.count = keep.count();
        }

        @Override
        synchronized boolean isWanted(double[] costs, long number) {
            return entries.size() < count || Entry.ORDER.compare(new Entry(costs[0], number, ""), entries.last()) < 0;
        }

        @Override
        synchronized void put(double[] costs, long number, String text) {
            entries.add(new Entry(costs[0], number, text));
            if (entries.size() > count) {
                entries.pollLast();
            }
        }

        @Override
        public synchronized List<String> texts() {
            return entries.stream().map(Entry::text).toList();
        }

        @Override
        public long leftOut() {
            return 0;
        }
    }

    private static final class OnFront extends Kept {
        private final Front<Entry> front = new Front<>();
        private long leftOut;

        OnFront(List<Criterion> criteria) {
            super(criteria);
        }

        @Override
        synchronized boolean isWanted(double[] costs, long number) {
            return !front.dominates(costs);
        }

        @Override
        synchronized void put(double[] costs, long number, String text) {
            if (front.offer(costs, new Entry(0, number, text)) && front.size() > KeepReader.MOST) {
                front.removeNewest();
                leftOut++;
            }
        }

        @Override
        public synchronized List<String> texts() {
            return front.members().stream().sorted(Entry.ORDER).map(Entry::text).toList();
        }

        @Override
        public synchronized long leftOut() {
            return leftOut;
        }
    }
}
