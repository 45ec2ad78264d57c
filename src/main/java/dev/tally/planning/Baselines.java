package dev.tally.planning;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import dev.tally.analysis.Totals;
import dev.tally.description.Described;
import dev.tally.description.DescriptionError;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.Pointer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads and counts the baselines of one budget, each description once however often it stands there. Only its figures
 * are kept: ten networks at once could fill the memory.
 */
final class Baselines {
    private final Errors errors;
    private final Map<String, Map<Figure, Long>> counted = new HashMap<>();
    private @Nullable DescriptionError overflow;

    Baselines(Errors errors) {
        this.errors = errors;
    }

    /** {@return the figures of the network described at a place; none where it is at fault, which is reported} */
    Map<Figure, Long> figures(JsonNode json, Pointer at) {
        String written = json.toString();
        Map<Figure, Long> figures = counted.get(written);
        if (figures == null) {
            figures = count(json, at);
            counted.put(written, figures);
        }
        return figures;
    }

    private Map<Figure, Long> count(JsonNode json, Pointer at) {
        Described described = errors.orNull(at, () -> DescriptionReader.read(json));
        if (described == null) {
            return Map.of();
        }
        try {
            Totals totals = Analysis.of(described.network()).totals();
            return Arrays.stream(Figure.values())
                    .collect(Collectors.toMap(
                            Function.identity(),
                            figure -> figure.of(totals),
                            Long::sum,
                            () -> new EnumMap<>(Figure.class)));
        } catch (CountOverflowException e) {
            if (overflow == null) {
                overflow = new DescriptionError(
                        "the baseline: " + e.getMessage(),
                        at + described.origins().pointer(e.node()),
                        e.node().name());
            }
            return Map.of();
        }
    }

    /**
     * Ends reading if a baseline could not be counted.
     *
     * @throws UncountableBaselineException if a count is over 2^63-1
     */
    void throwIfUncountable() {
        if (overflow != null) {
            throw new UncountableBaselineException(overflow);
        }
    }
}
