package dev.tally.web;

import dev.tally.job.MeasureReader;
import dev.tally.planning.BudgetReader;
import dev.tally.planning.sweep.Criterion;
import dev.tally.planning.sweep.KeepReader;
import dev.tally.planning.sweep.SpaceReader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.stream.Collectors;

/** The schema of a sweep that is asked for. */
final class SweepSchemas {
    private SweepSchemas() {}

    /**
     * Named unlike the records that are read, else springdoc adds those too. Adds {@code SweepQuery} and
     * {@code SweepMeasurementQuery}.
     */
    static void addTo(OpenAPI api) {
        Schema<Object> sweep = LayerSchemas.typed(
                "object", "A network with parameters, and their values: \"parameters\" or \"points\".");
        sweep.addProperty(SweepRequest.NETWORK, LayerSchemas.reference("NetworkDescription"));
        sweep.addRequiredItem(SweepRequest.NETWORK);
        Schema<Object> parameters = LayerSchemas.typed(
                "object",
                "By each parameter's name its values, of which every one is taken with every other parameter's.");
        // No type: what may be a list or an object makes code of generators that does not compile.
        parameters.setAdditionalProperties(LayerSchemas.untyped(
                "A list of integers such as [8, 16, 32], or a range: {\"from\": 8, \"to\": 64, \"step\": 8}, the last"
                        + " value included, \"step\" 1 by default and below 0 for a descending one; {\"from\": 8, \"to\": 64,"
                        + " \"factor\": 2} doubles."));
        sweep.addProperty(SpaceReader.PARAMETERS, parameters);
        Schema<Object> point = LayerSchemas.typed("object", "A value of each parameter.");
        point.setAdditionalProperties(LayerSchemas.typed("integer", "A value.").format("int32"));
        Schema<Object> points = LayerSchemas.typed("array", "Points in place of \"parameters\", all of the same ones.");
        points.setItems(point);
        sweep.addProperty(SpaceReader.POINTS, points);
        sweep.addProperty(BudgetReader.BUDGET, LayerSchemas.reference("Budget"));
        sweep.addProperty(
                KeepReader.KEEP,
                LayerSchemas.untyped("Which candidates are answered; all by default. {\"best\": 100, \"by\":"
                        + " \"multiplies\"}: those with the least, " + KeepReader.MOST
                        + " at most. \"front\": the Pareto front over multiplies, parameters, peakActivationBytes and, with"
                        + " \"estimate\", estimatedMillis; {\"front\": [\"multiplies\", \"bytesMoved\"]} over others of "
                        + Criterion.ALL.stream().map(Criterion::id).collect(Collectors.joining(", ")) + "."));
        sweep.addProperty(EstimateReader.ESTIMATE, LayerSchemas.reference("EstimateFrom"));
        api.getComponents().addSchemas("SweepQuery", sweep);
        api.getComponents().addSchemas("SweepMeasurementQuery", measurement(sweep));
    }

    private static Schema<?> measurement(Schema<?> sweep) {
        Schema<Object> request =
                LayerSchemas.typed("object", "A sweep whose missing layers are measured, and for how long each.");
        sweep.getProperties().forEach(request::addProperty);
        request.addRequiredItem(SweepRequest.NETWORK);
        Schema<Object> measure =
                LayerSchemas.typed("object", "For how long; with what, the sweep's \"estimate\" says.");
        measure.addProperty(
                "budgetMillis",
                LayerSchemas.typed("integer", "How long samples are taken of each layer, 250 by default.")
                        .format("int32"));
        request.addProperty(MeasureReader.MEASURE, measure);
        return request;
    }
}
