package dev.tally.web;

import dev.tally.job.MeasureReader;
import dev.tally.planning.comparison.ComparisonReader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;

/** The schema of networks that are to be compared. */
final class ComparisonSchemas {
    private ComparisonSchemas() {}

    /** Adds {@code ComparisonDescription}. */
    static void addTo(OpenAPI api) {
        Schema<Object> schema =
                LayerSchemas.typed("object", "Networks to set side by side, and what to find out of their times.");
        Schema<Object> networks = LayerSchemas.typed(
                "array",
                "The networks, inline or ready ones by name; the first is what the others are compared with. Together"
                        + " they may have " + ComparisonReader.MOST_LAYERS + " layers. What may stand beside a network"
                        + " elsewhere (budget, measure, estimate) may not stand in it here.");
        networks.items(LayerSchemas.reference("NetworkDescription"));
        networks.setMinItems(ComparisonReader.FEWEST);
        networks.setMaxItems(ComparisonReader.MOST);
        schema.addProperty(ComparisonReader.NETWORKS, networks);
        schema.addProperty(MeasureReader.MEASURE, LayerSchemas.reference(MeasureSchemas.OF_EACH));
        schema.addProperty(EstimateReader.ESTIMATE, LayerSchemas.reference("EstimateFrom"));
        schema.setRequired(List.of(ComparisonReader.NETWORKS));
        api.getComponents().addSchemas("ComparisonDescription", schema);
    }
}
