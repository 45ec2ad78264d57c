package dev.tally.web;

import dev.tally.engine.Precision;
import dev.tally.job.MeasureDefaults;
import dev.tally.job.MeasureReader;
import dev.tally.job.Route;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Arrays;

/** The schemas of what is to be measured. */
final class MeasureSchemas {
    /** The schema of what is to be measured of each of several networks. */
    static final String OF_EACH = "MeasureEach";

    /** The schema of what is to be measured of each design of a layer. */
    static final String OF_DESIGNS = "MeasureDesigns";

    private static final String MADE_UP =
            " Weights and inputs are made up from a fixed seed, the same for every engine.";

    private MeasureSchemas() {}

    /** Adds {@code Measure}, {@code MeasureEach} and {@code MeasureDesigns}. */
    static void addTo(OpenAPI api) {
        Schema<Object> one = LayerSchemas.typed(
                "object",
                "What to measure of the network; {} for the defaults. The answer's \"measured\" has the times."
                        + MADE_UP + " Where a description stands in a batch, it is refused.");
        addProperties(one, MeasureDefaults.ONE);
        one.addProperty("baseline", LayerSchemas.reference("NetworkDescription"));
        api.getComponents().addSchemas("Measure", one);
        Schema<Object> each = LayerSchemas.typed(
                "object",
                "What to measure of each of the networks, one after the other; {} for the defaults. A network that an"
                        + " engine cannot run is left out with its reason, as long as there are others." + MADE_UP);
        addProperties(each, MeasureDefaults.SEVERAL);
        api.getComponents().addSchemas(OF_EACH, each);
        Schema<Object> designs = LayerSchemas.typed(
                "object",
                "What to measure of each design of a layer by itself, the layer as it is first, each alternative in turns"
                        + " with it; {} for the defaults. A design that an engine cannot run is left out with its"
                        + " reason, as long as there are others." + MADE_UP);
        addProperties(designs, MeasureDefaults.MANY);
        api.getComponents().addSchemas(OF_DESIGNS, designs);
    }

    private static void addProperties(Schema<Object> schema, MeasureDefaults defaults) {
        schema.addProperty(
                "engines",
                LayerSchemas.typed(
                                "array",
                                "The engines to measure with, run in turns, by their names in GET /v1/engines; by default"
                                        + " the first that is available, the reference apart.")
                        .items(LayerSchemas.typed("string", "The engine's name.")));
        schema.addProperty(
                "algorithm",
                LayerSchemas.typed(
                        "string",
                        "What all of the network's convolutions are computed by, the layers measured by themselves"
                                + " included: one of an engine's algorithms in GET /v1/engines. It applies to those of"
                                + " the engines that have it, and where none is named, the first available one that has"
                                + " it is taken; where it does not apply to a convolution, the request is refused. The"
                                + " baseline is computed as the engine chooses. By default each engine chooses."));
        schema.addProperty(
                "threads",
                LayerSchemas.typed(
                                "integer",
                                "How many threads an engine computes with; by default as many as the host that measures has cores.")
                        .format("int32")
                        .minimum(BigDecimal.ONE));
        Schema<Object> precision = LayerSchemas.typed(
                "string", "In which numbers: by default as the network's dtype says. tf32 is a GPU's.");
        Arrays.stream(Precision.values()).map(Precision::id).forEach(precision::addEnumItemObject);
        schema.addProperty("precision", precision);
        Schema<Object> budget = LayerSchemas.typed(
                "integer",
                "How long to take samples" + (defaults.takesBaseline() ? "" : " of each network")
                        + ", all engines and layers together; preparing, warming up and checking come on"
                        + " top, and on a disturbed host up to a half more.");
        budget.format("int32")
                .minimum(BigDecimal.valueOf(MeasureReader.LEAST_BUDGET_MILLIS))
                .maximum(BigDecimal.valueOf(MeasureReader.MOST_BUDGET_MILLIS))
                .setDefault(defaults.budgetMillis());
        schema.addProperty("budgetMillis", budget);
        Schema<Object> perLayer =
                LayerSchemas.typed("boolean", "Whether each layer is measured by itself too, with half of the budget.");
        perLayer.setDefault(defaults.perLayer());
        schema.addProperty("perLayer", perLayer);
        Schema<Object> host = LayerSchemas.typed(
                "string",
                "The fingerprint of the host to measure on, as GET /v1/engines lists those that measure; by default"
                        + " whatever host has the engines.");
        host.setDefault(Route.ANY);
        schema.addProperty("host", host);
    }
}
