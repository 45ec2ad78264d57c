package dev.tally.planning.sweep;

import dev.tally.analysis.Totals;
import dev.tally.description.DescriptionError;
import dev.tally.network.Network;
import dev.tally.planning.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A description at one point of a sweep. */
public sealed interface Candidate {
    /** {@return its number, from 1} */
    long number();

    /** {@return the values of the parameters} */
    Map<String, Long> parameters();

    /**
     * One that is a network.
     *
     * @param totals what it costs
     * @param verdict whether it keeps the budget; null where there is none
     * @param time how long it takes by what was measured before; null where that is not asked for
     */
    record Counted(
            long number,
            Map<String, Long> parameters,
            Network network,
            Totals totals,
            @Nullable Verdict verdict,
            @Nullable Time time)
            implements Candidate {
        Counted with(Time known) {
            return new Counted(number, parameters, network, totals, verdict, known);
        }
    }

    /**
     * One that is none, or whose counts are over 2^63-1.
     *
     * @param errors why
     * @param overflow whether a count is
     */
    record Faulty(long number, Map<String, Long> parameters, List<DescriptionError> errors, boolean overflow)
            implements Candidate {
        public Faulty {
            errors = List.copyOf(errors);
        }
    }

    /**
     * The time of a candidate, as the sum of those of its steps.
     *
     * @param nanos of the steps whose times are known
     * @param missing how many steps' are not
     */
    record Time(double nanos, int missing) {
        /** {@return whether it is the time of all of it} */
        public boolean complete() {
            return missing == 0;
        }
    }
}
