package dev.tally.web;

import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.job.AnalysisKind;
import dev.tally.job.MeasureDefaults;
import dev.tally.job.MeasureReader;
import dev.tally.job.MeasureRequest;
import dev.tally.planning.Budget;
import dev.tally.planning.BudgetReader;
import dev.tally.planning.UncountableBaselineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be counted, and what stands beside it.
 *
 * @param document the whole of it, as it was sent
 * @param budget what it may cost, or null
 * @param measure what is to be measured of it, or null
 * @param estimate from whose times that of it is to be estimated, or null
 */
record AnalysisRequest(
        JsonNode document,
        Described described,
        @Nullable Budget budget,
        @Nullable MeasureRequest measure,
        @Nullable EstimateRequest estimate) {
    /**
     * {@return what a document asks for}
     *
     * @param measure reads what is to be measured
     * @param estimate reads from whose times to estimate
     * @throws InvalidDescriptionException with the errors of the network and of all that stands beside it
     * @throws UncountableException if a baseline's counts do not fit 64 bits
     */
    static AnalysisRequest of(JsonNode json, MeasureReader measure, EstimateReader estimate) {
        Errors errors = new Errors();
        return of(json, errors, measure.read(json, MeasureDefaults.ONE, errors), estimate.read(json, errors));
    }

    /** {@return what a line of a batch asks for} As {@link #of}, but that a batch counts, and does nothing else. */
    static AnalysisRequest ofLine(JsonNode json) {
        Errors errors = new Errors();
        if (Properties.isGiven(json.path(MeasureReader.MEASURE))) {
            errors.add(
                    Pointer.ROOT.at(MeasureReader.MEASURE),
                    "",
                    "a batch counts and does not measure: expected networks to be measured one a request");
        }
        if (Properties.isGiven(json.path(EstimateReader.ESTIMATE))) {
            errors.add(
                    Pointer.ROOT.at(EstimateReader.ESTIMATE),
                    "",
                    "a batch counts and looks up no times: expected estimates to be asked for one a request");
        }
        return of(json, errors, null, null);
    }

    /**
     * {@return what a job was made of} As {@link #of}, but that what is to be measured was read when it was accepted.
     */
    static AnalysisRequest ofJob(JsonNode json, EstimateReader estimate) {
        Errors errors = new Errors();
        return of(json, errors, null, estimate.read(json, errors));
    }

    private static AnalysisRequest of(
            JsonNode json, Errors errors, @Nullable MeasureRequest measure, @Nullable EstimateRequest estimate) {
        Described described = errors.orNull(Pointer.ROOT, () -> DescriptionReader.read(json, AnalysisKind.BESIDE));
        try {
            Budget budget = BudgetReader.read(json, errors);
            if (described == null) {
                throw new IllegalStateException("reported above");
            }
            return new AnalysisRequest(json, described, budget, measure, estimate);
        } catch (UncountableBaselineException e) {
            throw new UncountableException(e.error());
        }
    }
}
