package dev.tally.web;

import dev.tally.description.Errors;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import dev.tally.job.MeasureDefaults;
import dev.tally.job.MeasureReader;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sweep whose missing layers are to be measured, under the conditions of its estimate.
 *
 * @param network the description, as it was sent
 * @param sweep the sweep; it has an estimate
 * @param budgetMillis how long samples are taken of each layer
 */
record SweepMeasurementRequest(JsonNode network, SweepRequest sweep, int budgetMillis) {
    private static final String BUDGET_MILLIS = "budgetMillis";

    /**
     * {@return what a document asks for}
     *
     * @throws dev.tally.description.InvalidDescriptionException with the errors of all that stands in it
     * @throws RefusedException if it has too many candidates
     */
    static SweepMeasurementRequest read(JsonNode json, SweepRequest.Reader reader) {
        Errors errors = new Errors();
        int millis = MeasureDefaults.MANY.budgetMillis();
        JsonNode document = json;
        if (json instanceof ObjectNode object) {
            millis = budgetMillis(json.path(MeasureReader.MEASURE), errors);
            ObjectNode sweep = object.deepCopy();
            sweep.remove(MeasureReader.MEASURE);
            if (!json.hasNonNull(EstimateReader.ESTIMATE)) {
                sweep.putObject(EstimateReader.ESTIMATE);
            }
            document = sweep;
        }
        return new SweepMeasurementRequest(json.path(SweepRequest.NETWORK), reader.read(document, errors), millis);
    }

    private static int budgetMillis(JsonNode measure, Errors errors) {
        Pointer at = Pointer.ROOT.at(MeasureReader.MEASURE);
        if (Properties.isGiven(measure) && !measure.isObject()) {
            errors.add(at, "", "expected an object such as {\"budgetMillis\": 100}, got " + Quoted.of(measure));
        } else if (measure.isObject()) {
            // What it is measured with, "estimate" says: it is for that that times are missing.
            Properties.check(measure, at, "", "\"measure\" of a sweep", List.of(BUDGET_MILLIS), Map.of(), errors);
        }
        return MeasureReader.integer(
                measure.path(BUDGET_MILLIS),
                at.at(BUDGET_MILLIS),
                MeasureDefaults.MANY.budgetMillis(),
                MeasureReader.LEAST_BUDGET_MILLIS,
                MeasureReader.MOST_BUDGET_MILLIS,
                " milliseconds",
                errors);
    }
}
