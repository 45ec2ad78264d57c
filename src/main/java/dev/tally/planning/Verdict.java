package dev.tally.planning;

import java.util.List;

/**
 * Whether a network keeps its budget.
 *
 * @param checks one a limit, in the budget's order
 */
public record Verdict(List<Check> checks) {
    public Verdict {
        checks = List.copyOf(checks);
    }

    /** {@return whether every limit is kept} */
    public boolean passed() {
        return failures() == 0;
    }

    /** {@return how many limits are exceeded} */
    public long failures() {
        return checks.stream().filter(check -> !check.passed()).count();
    }

    /**
     * A limit and what came.
     *
     * @param actual what the figure is of the network
     */
    public record Check(Limit limit, long actual) {
        /** {@return whether the limit is kept; to meet it exactly is to keep it} */
        public boolean passed() {
            return actual <= limit.atMost();
        }

        /** {@return by how much the limit is exceeded, 0 where it is kept} */
        public long over() {
            return Math.max(0, actual - limit.atMost());
        }
    }
}
