package dev.tally.planning.sweep;

import dev.tally.planning.Figure;
import dev.tally.planning.sweep.Candidate.Counted;
import dev.tally.planning.sweep.Candidate.Time;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What candidates are compared by; less is better.
 *
 * @param figure the count; null for the time
 */
public record Criterion(@Nullable Figure figure) {
    /** The time by what was measured before. */
    public static final Criterion TIME = new Criterion(null);

    /** All of them: the counts, then the time. */
    public static final List<Criterion> ALL = Stream.concat(
                    Arrays.stream(Figure.values()).map(Criterion::new), Stream.of(TIME))
            .toList();

    private static final String ESTIMATED_MILLIS = "estimatedMillis";

    /** {@return its name in JSON} */
    public String id() {
        return figure == null ? ESTIMATED_MILLIS : figure.id();
    }

    /** {@return what it is of a candidate; empty for a time that is not known, or not of all steps} */
    OptionalDouble of(Counted candidate) {
        if (figure != null) {
            return OptionalDouble.of((double) figure.of(candidate.totals()));
        }
        Time time = candidate.time();
        return time == null || !time.complete() ? OptionalDouble.empty() : OptionalDouble.of(time.nanos());
    }
}
