package dev.tally.web;

import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.Pointer;
import dev.tally.planning.Budget;
import dev.tally.planning.BudgetReader;
import dev.tally.planning.UncountableBaselineException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be counted, and what stands beside it.
 *
 * @param budget what it may cost, or null
 * @param measure what is to be measured of it, or null
 */
record AnalysisRequest(
        Described described,
        @Nullable Budget budget,
        @Nullable MeasureRequest measure) {
    /** What may stand beside a network that is to be analysed. */
    static final List<String> BESIDE = List.of(BudgetReader.BUDGET, MeasureReader.MEASURE);

    /**
     * {@return what a document asks for}
     *
     * @param measure reads what is to be measured
     * @throws InvalidDescriptionException with the errors of the network, of the budget and of what is to be measured
     * @throws UncountableException if a baseline's counts do not fit 64 bits
     */
    static AnalysisRequest of(JsonNode json, MeasureReader measure) {
        Errors errors = new Errors();
        return of(json, errors, measure.read(json, errors));
    }

    /** {@return what a line of a batch asks for} As {@link #of}, but that a batch measures nothing. */
    static AnalysisRequest ofLine(JsonNode json) {
        Errors errors = new Errors();
        if (!json.path(MeasureReader.MEASURE).isNull() && json.has(MeasureReader.MEASURE)) {
            errors.add(
                    Pointer.ROOT.at(MeasureReader.MEASURE),
                    "",
                    "a batch counts and does not measure: expected networks to be measured one a request");
        }
        return of(json, errors, null);
    }

    private static AnalysisRequest of(JsonNode json, Errors errors, @Nullable MeasureRequest measure) {
        Described described = errors.orNull(Pointer.ROOT, () -> DescriptionReader.read(json, BESIDE));
        try {
            Budget budget = BudgetReader.read(json, errors);
            if (described == null) {
                throw new IllegalStateException("reported above");
            }
            return new AnalysisRequest(described, budget, measure);
        } catch (UncountableBaselineException e) {
            throw new UncountableException(e.error());
        }
    }
}
