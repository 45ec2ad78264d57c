package dev.tally.planning.alternative;

import java.util.List;

/** Whether a rewrite can take the place of a layer. */
sealed interface Proposal {
    /** One way to do it. */
    Proposal ONCE = new Designs(List.of(0));

    /**
     * It can.
     *
     * @param numbers the widths or numbers of groups to try, at least one; 0 where it has neither
     */
    record Designs(List<Integer> numbers) implements Proposal {
        public Designs {
            numbers = List.copyOf(numbers);
        }
    }

    /**
     * It cannot.
     *
     * @param reason what was expected of the layer and what came
     */
    record Refused(String reason) implements Proposal {}

    static Proposal refused(String expected, Object actual) {
        return new Refused("expected " + expected + ", got " + actual);
    }
}
