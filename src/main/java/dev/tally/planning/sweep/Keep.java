package dev.tally.planning.sweep;

import java.util.List;

/** Which candidates of a sweep are wanted, where not all are. */
public sealed interface Keep {
    /** {@return what they are compared by} */
    List<Criterion> criteria();

    /**
     * The best by one criterion; of equal ones, those that come first.
     *
     * @param count how many at most
     */
    record Best(int count, Criterion by) implements Keep {
        @Override
        public List<Criterion> criteria() {
            return List.of(by);
        }
    }

    /** The Pareto front: those that no other is as good as in every criterion, and better in one. */
    record OnFront(List<Criterion> criteria) implements Keep {
        public OnFront {
            criteria = List.copyOf(criteria);
        }
    }
}
