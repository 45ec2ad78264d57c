package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.planning.alternative.Fronts.Mark;
import dev.tally.planning.alternative.Part;
import dev.tally.planning.alternative.TimedDesigns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer as it is, beside its alternatives. */
@Schema(name = "OriginalDesign", description = "The layer as it is, to set its alternatives against.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record OriginalDocument(
        @Schema(
                description = "What it costs by itself, with what is fused into it.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        CostDocument part,

        @Schema(description = RECEPTIVE_FIELD) @Nullable List<Long> receptiveField,

        @Schema(description = NARROWEST, requiredMode = Schema.RequiredMode.REQUIRED)
        long narrowest,

        @Schema(description = ON_FRONT, requiredMode = Schema.RequiredMode.REQUIRED)
        boolean onFront,

        @Schema(description = ON_COST_FRONT, requiredMode = Schema.RequiredMode.REQUIRED)
        boolean onCostFront,

        @Schema(description = MEASURED) @Nullable List<MeasuredDesignDocument> measured,

        @Schema(description = NOT_MEASURED) @Nullable String notMeasured,

        @Schema(description = ESTIMATED) @Nullable EstimatedDesignDocument estimated) {
    static final String RECEPTIVE_FIELD =
            "How many elements of the layer's input, along its spatial axes, an interior element of the output sees;"
                    + " absent where that is not one number, or there are no such axes.";
    static final String NARROWEST =
            "The fewest elements, of one sample, of a tensor that all that the output knows of the layer's input passes:"
                    + " of the input, the output, and every tensor between them that no path goes around.";
    static final String ON_FRONT =
            "Whether no other design of the layer (as it is, too) that is at least as wide at its narrowest is as low in"
                    + " multiplies, parameters, peakActivationBytes and, where frontsTimedOn is there, time, and lower in"
                    + " one.";
    static final String ON_COST_FRONT =
            "Whether no other design at all is. Of bottlenecks the narrowest always wins that.";

    static final String MEASURED = "What was measured of it by itself, an entry an engine; absent where nothing was.";
    static final String NOT_MEASURED =
            "Why it was not measured, where the request measures and an engine cannot run it.";
    static final String ESTIMATED = "Its time from the latency table; absent where the request has no estimate.";

    static OriginalDocument of(TimedDesigns designs, Mark mark) {
        Part part = designs.layer().original();
        return new OriginalDocument(
                CostDocument.of(part.figures()),
                unlessEmpty(part.receptiveField()),
                part.narrowest(),
                mark.onFront(),
                mark.onCostFront(),
                MeasuredDesignDocument.of(designs, 0),
                designs.notMeasured().getFirst(),
                EstimatedDesignDocument.of(designs, 0));
    }

    static @Nullable List<Long> unlessEmpty(List<Long> field) {
        return field.isEmpty() ? null : field;
    }
}
