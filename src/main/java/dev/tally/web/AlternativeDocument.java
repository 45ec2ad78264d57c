package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tally.description.DescriptionWriter;
import dev.tally.planning.alternative.Alternative;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.Fronts.Mark;
import dev.tally.planning.alternative.Kind;
import dev.tally.planning.alternative.LayerAlternatives;
import dev.tally.planning.alternative.TimedDesigns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Another design of a layer. */
@Schema(
        name = "Alternative",
        description = "Another design of the layer, with the same output shape. It is another function and needs"
                + " training.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AlternativeDocument(
        @Schema(
                description = "Its kind; the answer's \"kinds\" says what that is.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String kind,

        @Schema(description = "To how many channels it narrows; absent where its kind has no width.") @Nullable
        Integer width,

        @Schema(description = "Into how many groups its channels are split; absent where its kind has none.") @Nullable
        Integer groups,

        @Schema(
                description = "What it costs by itself, with what was fused into the layer.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        CostDocument part,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) RatiosDocument partRatios,

        @Schema(description = "What the whole network costs with it.", requiredMode = Schema.RequiredMode.REQUIRED)
        CostDocument totals,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) RatiosDocument totalsRatios,

        @Schema(description = OriginalDocument.RECEPTIVE_FIELD) @Nullable
        List<Long> receptiveField,

        @Schema(description = "Whether that is the layer's; absent where one of them is.") @Nullable
        Boolean sameReceptiveField,

        @Schema(description = OriginalDocument.NARROWEST, requiredMode = Schema.RequiredMode.REQUIRED)
        long narrowest,

        @Schema(description = OriginalDocument.ON_FRONT, requiredMode = Schema.RequiredMode.REQUIRED)
        boolean onFront,

        @Schema(description = OriginalDocument.ON_COST_FRONT, requiredMode = Schema.RequiredMode.REQUIRED)
        boolean onCostFront,

        @Schema(
                description = "Always true: it computes something else than the layer, whose weights are of no use to"
                        + " it.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        boolean needsTraining,

        @Schema(description = OriginalDocument.MEASURED) @Nullable
        List<MeasuredDesignDocument> measured,

        @Schema(description = OriginalDocument.NOT_MEASURED) @Nullable
        String notMeasured,

        @Schema(description = OriginalDocument.ESTIMATED) @Nullable
        EstimatedDesignDocument estimated,

        @Schema(ref = "#/components/schemas/NetworkDescription") @Nullable
        RewrittenNetwork network) {

    /** A network that is rewritten as it is sent, so that an answer never holds more than one. */
    record RewrittenNetwork(Alternative alternative) {
        @JsonValue
        JsonNode description() {
            return DescriptionWriter.write(alternative.network());
        }
    }

    /** @param design the alternative's number among the designs, from 1 on */
    static AlternativeDocument of(
            TimedDesigns designs, int design, AlternativesPlan plan, Mark mark, boolean networks) {
        LayerAlternatives layer = designs.layer();
        Alternative alternative = layer.alternatives().get(design - 1);
        Kind.Parameter parameter = alternative.kind().parameter();
        List<Long> field = alternative.part().receptiveField();
        List<Long> original = layer.original().receptiveField();
        boolean comparable = !field.isEmpty() && !original.isEmpty();
        return new AlternativeDocument(
                alternative.kind().id(),
                parameter == Kind.Parameter.WIDTH ? alternative.number() : null,
                parameter == Kind.Parameter.GROUPS ? alternative.number() : null,
                CostDocument.of(alternative.part().figures()),
                RatiosDocument.of(layer.original().figures(), alternative.part().figures()),
                CostDocument.of(alternative.totals()),
                RatiosDocument.of(plan.totals(), alternative.totals()),
                OriginalDocument.unlessEmpty(field),
                comparable ? field.equals(original) : null,
                alternative.part().narrowest(),
                mark.onFront(),
                mark.onCostFront(),
                true,
                MeasuredDesignDocument.of(designs, design),
                designs.notMeasured().get(design),
                EstimatedDesignDocument.of(designs, design),
                networks ? new RewrittenNetwork(alternative) : null);
    }
}
