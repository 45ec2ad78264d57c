package dev.tally.web;

import dev.tally.description.Errors;
import dev.tally.job.AlternativesKind;
import dev.tally.job.MeasureDefaults;
import dev.tally.job.MeasureReader;
import dev.tally.job.MeasureRequest;
import dev.tally.planning.alternative.AlternativesRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which alternatives are asked for, and what of their times.
 *
 * @param document the whole of it, as it was sent
 * @param measure what is to be measured of each design, or null
 * @param estimate from whose times that of each is to be estimated, or null
 */
record TimedAlternativesRequest(
        JsonNode document,
        AlternativesRequest alternatives,
        @Nullable MeasureRequest measure,
        @Nullable EstimateRequest estimate) {
    /**
     * {@return what a document asks for}
     *
     * @param measure reads what is to be measured
     * @param estimate reads from whose times to estimate
     * @throws dev.tally.description.InvalidDescriptionException with the errors of the network and of all that is asked
     *     of it
     */
    static TimedAlternativesRequest of(JsonNode json, MeasureReader measure, EstimateReader estimate) {
        Errors errors = new Errors();
        return of(json, errors, measure.read(json, MeasureDefaults.MANY, errors), estimate);
    }

    /**
     * {@return what a job was made of} As {@link #of}, but that what is to be measured was read when it was accepted.
     */
    static TimedAlternativesRequest ofJob(JsonNode json, EstimateReader estimate) {
        return of(json, new Errors(), null, estimate);
    }

    private static TimedAlternativesRequest of(
            JsonNode json, Errors errors, @Nullable MeasureRequest measure, EstimateReader reader) {
        EstimateRequest estimate = reader.read(json, errors);
        return new TimedAlternativesRequest(
                json, AlternativesRequest.of(json, AlternativesKind.BESIDE, errors), measure, estimate);
    }
}
