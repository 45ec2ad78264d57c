package dev.tally.planning;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Whether counting predicts time: how far the order of things by each count is their order by time.
 *
 * @param n how many things, at least {@value #FEWEST}
 * @param multiplies of the multiplies with the time; empty where all have as many
 * @param bytesMoved likewise
 * @param parameters likewise
 */
public record TimePrediction(
        int n,
        Optional<RankCorrelation> multiplies,
        Optional<RankCorrelation> bytesMoved,
        Optional<RankCorrelation> parameters) {
    /** Two things are always in one order or in the reverse one. */
    public static final int FEWEST = 3;

    /** {@return what the counts of some things say of their times; empty where there are too few to tell} */
    public static Optional<TimePrediction> of(List<TimedCounts> things) {
        return things.size() < FEWEST
                ? Optional.empty()
                : Optional.of(new TimePrediction(
                        things.size(),
                        correlation(things, TimedCounts::multiplies),
                        correlation(things, TimedCounts::bytesMoved),
                        correlation(things, TimedCounts::parameters)));
    }

    private static Optional<RankCorrelation> correlation(
            List<TimedCounts> things, ToDoubleFunction<TimedCounts> count) {
        return RankCorrelation.of(
                things.stream().mapToDouble(count).toArray(),
                things.stream().mapToDouble(TimedCounts::nanos).toArray());
    }
}
