package dev.tally.web;

import dev.tally.engine.Precision;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Arrays;

/** The schema of from whose times a network's is to be estimated. */
final class EstimateSchemas {
    private EstimateSchemas() {}

    /** Adds {@code EstimateFrom}. */
    static void addTo(OpenAPI api) {
        Schema<Object> schema = LayerSchemas.typed(
                "object",
                "From whose times to estimate the network's, without measuring it; {} for the defaults. The answer's"
                        + " \"estimate\" has it. Times are those of the engine's own choice of algorithms. Where a"
                        + " description stands in a batch, it is refused.");
        Schema<Object> from = LayerSchemas.typed("string", "Where times are taken from: the latency table.");
        from.addEnumItemObject(EstimateReader.LATENCIES);
        from.setDefault(EstimateReader.LATENCIES);
        schema.addProperty("from", from);
        schema.addProperty(
                "engine",
                LayerSchemas.typed(
                        "string",
                        "The engine, by its name in GET /v1/engines, available here or not; by default the one that"
                                + " measures where none is named."));
        schema.addProperty(
                "host",
                LayerSchemas.typed("string", "The host's fingerprint; by default that of the machine that answers."));
        schema.addProperty(
                "threads",
                LayerSchemas.typed(
                                "integer",
                                "How many threads the engine computed with; by default as many as the machine that"
                                        + " answers has cores.")
                        .format("int32")
                        .minimum(BigDecimal.ONE));
        Schema<Object> precision =
                LayerSchemas.typed("string", "In which numbers: by default as the network's dtype says.");
        Arrays.stream(Precision.values()).map(Precision::id).forEach(precision::addEnumItemObject);
        schema.addProperty("precision", precision);
        api.getComponents().addSchemas("EstimateFrom", schema);
    }
}
