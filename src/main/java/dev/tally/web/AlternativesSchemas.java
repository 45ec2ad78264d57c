package dev.tally.web;

import dev.tally.job.MeasureReader;
import dev.tally.planning.alternative.AlternativesRequest;
import dev.tally.planning.alternative.Kind;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;

/**
 * The schema of a request for alternatives, from the kinds that there are. It has another name than the record, which
 * else would be taken for it.
 */
final class AlternativesSchemas {
    private AlternativesSchemas() {}

    /** Adds {@code AlternativesQuery}. */
    static void addTo(OpenAPI api) {
        Schema<Object> schema =
                LayerSchemas.typed("object", "A network, and of which of its layers which alternatives are asked for.");
        schema.addProperty(AlternativesRequest.NETWORK, LayerSchemas.reference("NetworkDescription"));
        schema.addProperty(
                "layer",
                LayerSchemas.typed(
                        "string",
                        "The name of the layer, as an analysis has it: a convolution, a depthwise convolution or a dense"
                                + " layer. Not beside \"costliest\"."));
        schema.addProperty(
                "costliest",
                LayerSchemas.typed(
                                "integer",
                                "The so many layers with the most multiplies, of those that have alternatives; 1 where"
                                        + " neither is given. Not beside \"layer\".")
                        .format("int32")
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.valueOf(AlternativesRequest.MOST_LAYERS)));
        Schema<Object> kind = LayerSchemas.typed("string", "A kind.");
        Kind.ids().forEach(kind::addEnumItemObject);
        schema.addProperty(
                "kinds",
                LayerSchemas.typed(
                                "array",
                                "The kinds of alternatives; all by default. One that is named and cannot apply to the"
                                        + " named layer is an error.")
                        .items(kind));
        schema.addProperty(
                "widths",
                LayerSchemas.typed(
                                "array",
                                "The widths of bottlenecks; by default a dozen at most, up to the last that has fewer"
                                        + " multiplies than the layer.")
                        .items(LayerSchemas.typed("integer", "A number of channels.")
                                .format("int32")
                                .minimum(BigDecimal.ONE))
                        .maxItems(AlternativesRequest.MOST_WIDTHS));
        schema.addProperty(MeasureReader.MEASURE, LayerSchemas.reference(MeasureSchemas.OF_DESIGNS));
        schema.addProperty(EstimateReader.ESTIMATE, LayerSchemas.reference("EstimateFrom"));
        schema.addRequiredItem(AlternativesRequest.NETWORK);
        api.getComponents().addSchemas("AlternativesQuery", schema);
    }
}
