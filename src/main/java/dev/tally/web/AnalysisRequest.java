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
 */
record AnalysisRequest(Described described, @Nullable Budget budget) {
    private static final List<String> BESIDE = List.of(BudgetReader.BUDGET);

    /**
     * {@return what a document asks for}
     *
     * @throws InvalidDescriptionException with the errors of the network and of the budget
     * @throws UncountableException if a baseline's counts do not fit 64 bits
     */
    static AnalysisRequest of(JsonNode json) {
        Errors errors = new Errors();
        Described described = errors.orNull(Pointer.ROOT, () -> DescriptionReader.read(json, BESIDE));
        try {
            Budget budget = BudgetReader.read(json, errors);
            if (described == null) {
                throw new IllegalStateException("reported above");
            }
            return new AnalysisRequest(described, budget);
        } catch (UncountableBaselineException e) {
            throw new UncountableException(e.error());
        }
    }
}
