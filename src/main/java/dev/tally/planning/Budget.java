package dev.tally.planning;

import dev.tally.analysis.Totals;
import java.util.List;

/**
 * What a network may cost.
 *
 * @param limits at least one, each of another figure, in the order in which they were written
 */
public record Budget(List<Limit> limits) {
    public Budget {
        limits = List.copyOf(limits);
    }

    /** {@return which limits these totals keep} */
    public Verdict check(Totals totals) {
        return new Verdict(limits.stream()
                .map(limit -> new Verdict.Check(limit, limit.figure().of(totals)))
                .toList());
    }
}
