package dev.tally.planning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A Pareto front that grows: of all that was offered, what nothing else {@linkplain #dominates dominates}. Two of equal
 * costs dominate neither the other, so both stay.
 *
 * <p>Costs are compared as doubles: counts over 2^53 that differ by less than a double can tell are equal. Memory is
 * that of the front; an offer compares with all of it.
 *
 * @param <T> what has the costs
 */
public final class Front<T> {
    private final List<Member<T>> members = new ArrayList<>();

    private static final class Member<T> {
        private final double[] costs;
        private final T item;

        Member(double[] costs, T item) {
            this.costs = costs;
            this.item = item;
        }
    }

    /**
     * Offers something. What it dominates leaves the front.
     *
     * @param costs one number a cost, lower is better; as many, in the same order, at each offer
     * @return whether it is on the front now; it may leave that at a later offer
     * @throws IllegalArgumentException if a cost is not a number, or there are fewer or more than before
     */
    public boolean offer(double[] costs, T item) {
        if (Arrays.stream(costs).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("expected costs that are numbers, got " + Arrays.toString(costs));
        }
        for (Iterator<Member<T>> rest = members.iterator(); rest.hasNext(); ) {
            Member<T> member = rest.next();
            if (dominates(member.costs, costs)) {
                return false;
            }
            if (dominates(costs, member.costs)) {
                rest.remove();
            }
        }
        members.add(new Member<>(costs.clone(), item));
        return true;
    }

    /** {@return whether something on the front makes these costs superfluous} */
    public boolean dominates(double[] costs) {
        return members.stream().anyMatch(member -> dominates(member.costs, costs));
    }

    /** {@return how many are on the front} */
    public int size() {
        return members.size();
    }

    /** Takes off what came to the front last, where there is no room for it. */
    public void removeNewest() {
        members.removeLast();
    }

    /** {@return what is on the front, in the order in which it was offered} */
    public List<T> members() {
        return members.stream().map(member -> member.item).toList();
    }

    /**
     * {@return whether costs make others superfluous: none is higher and one is lower}
     *
     * @throws IllegalArgumentException if there are fewer of one than of the other
     */
    public static boolean dominates(double[] costs, double[] others) {
        if (costs.length != others.length) {
            throw new IllegalArgumentException(
                    "expected as many costs of both, got " + costs.length + " and " + others.length);
        }
        boolean lower = false;
        for (int i = 0; i < costs.length; i++) {
            if (costs[i] > others[i]) {
                return false;
            }
            lower |= costs[i] < others[i];
        }
        return lower;
    }
}
