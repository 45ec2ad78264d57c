package dev.tally.web;

import dev.tally.description.Described;
import dev.tally.description.Errors;
import dev.tally.job.ComparisonKind;
import dev.tally.job.MeasureDefaults;
import dev.tally.job.MeasureReader;
import dev.tally.job.MeasureRequest;
import dev.tally.planning.comparison.ComparisonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be compared.
 *
 * @param document the whole of it, as it was sent
 * @param networks at least two
 * @param measure what is to be measured of each, or null
 * @param estimate from whose times that of each is to be estimated, or null
 */
record ComparisonRequest(
        JsonNode document,
        List<Described> networks,
        @Nullable MeasureRequest measure,
        @Nullable EstimateRequest estimate) {
    /**
     * {@return what a document asks for}
     *
     * @param measure reads what is to be measured
     * @param estimate reads from whose times to estimate
     * @throws dev.tally.description.InvalidDescriptionException with the errors of the networks and of all that stands
     *     beside them
     */
    static ComparisonRequest of(JsonNode json, MeasureReader measure, EstimateReader estimate) {
        Errors errors = new Errors();
        return of(json, errors, measure.read(json, MeasureDefaults.SEVERAL, errors), estimate);
    }

    /**
     * {@return what a job was made of} As {@link #of}, but that what is to be measured was read when it was accepted.
     */
    static ComparisonRequest ofJob(JsonNode json, EstimateReader estimate) {
        return of(json, new Errors(), null, estimate);
    }

    private static ComparisonRequest of(
            JsonNode json, Errors errors, @Nullable MeasureRequest measure, EstimateReader reader) {
        EstimateRequest estimate = reader.read(json, errors);
        List<Described> networks = ComparisonReader.read(json, ComparisonKind.BESIDE, errors);
        errors.throwIfAny();
        return new ComparisonRequest(json, networks, measure, estimate);
    }

    /** {@return how many layers the networks have together} */
    int layers() {
        return networks.stream()
                .mapToInt(network -> network.network().nodes().size())
                .sum();
    }
}
