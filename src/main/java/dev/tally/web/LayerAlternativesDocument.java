package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.BreakEven;
import dev.tally.planning.alternative.Fronts;
import dev.tally.planning.alternative.Fronts.Mark;
import dev.tally.planning.alternative.LayerAlternatives;
import dev.tally.planning.alternative.TimedDesigns;
import dev.tally.planning.comparison.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What could stand in a layer's place. */
@Schema(name = "LayerAlternatives", description = "What could stand in a layer's place.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayerAlternativesDocument(
        @Schema(description = "The layer's name.", requiredMode = Schema.RequiredMode.REQUIRED)
        String layer,

        @Schema(description = "Its type, as it was written.", requiredMode = Schema.RequiredMode.REQUIRED)
        String type,

        @Schema(description = "Its input's shape.", implementation = int[].class)
        Shape input,

        @Schema(description = "Its output's shape, which its alternatives have too.", implementation = int[].class)
        Shape output,

        @Schema(description = "The layers that are fused into it, counted with it and with each alternative.")
        List<String> fused,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) OriginalDocument original,

        @Schema(description = "By kind, then by width or groups.", requiredMode = Schema.RequiredMode.REQUIRED)
        List<AlternativeDocument> alternatives,

        @Schema(
                description = "The engine whose times the fronts take into account, measured or else estimated; absent"
                        + " where they take none, since none are asked for or a design is without.")
        @Nullable
        String frontsTimedOn,

        @Schema(description = "Up to which widths its bottlenecks pay.", requiredMode = Schema.RequiredMode.REQUIRED)
        List<BreakEvenDocument> breakEvens,

        @Schema(description = "The kinds that cannot apply, and why.", requiredMode = Schema.RequiredMode.REQUIRED)
        List<NotApplicableDocument> notApplicable) {

    /** Up to which width a bottleneck pays. */
    @Schema(
            name = "BreakEven",
            description = "Up to which width a bottleneck has less of a figure than the layer, in closed form, and what"
                    + " is counted there. What is fused into the layer follows the 1×1 too, and counts.")
    record BreakEvenDocument(
            @Schema(description = "The kind of bottleneck.", requiredMode = Schema.RequiredMode.REQUIRED)
            String kind,

            @Schema(
                    allowableValues = {"multiplies", "parameters"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String figure,

            @Schema(
                    description = "The greatest width with less of it; 0 where no width has.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            int width,

            @Schema(
                    description = "How that comes about, for one sample: the layer's own figure over what each channel"
                            + " of the width costs.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String formula,

            @Schema(description = "What the layer counts, with what is fused into it.")
            long original,

            @Schema(description = "What is counted at that width.")
            long atWidth,

            @Schema(description = "What is counted at the next.")
            long atNextWidth) {
        static BreakEvenDocument of(BreakEven breakEven) {
            return new BreakEvenDocument(
                    breakEven.kind().id(),
                    breakEven.figure().id(),
                    breakEven.width(),
                    breakEven.formula(),
                    breakEven.original(),
                    breakEven.atWidth(),
                    breakEven.atNextWidth());
        }
    }

    /** A kind that cannot apply. */
    @Schema(name = "NotApplicable", description = "A kind that cannot apply to the layer, or not at some width.")
    record NotApplicableDocument(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String kind,

            @Schema(description = "What was expected and what came.", requiredMode = Schema.RequiredMode.REQUIRED)
            String reason) {
        static NotApplicableDocument of(LayerAlternatives.Refusal refusal) {
            return new NotApplicableDocument(refusal.kind().id(), refusal.reason());
        }
    }

    static LayerAlternativesDocument of(TimedDesigns designs, AlternativesPlan plan, boolean networks) {
        LayerAlternatives layer = designs.layer();
        List<Mark> marks = Fronts.of(designs);
        Times timesOfAll = designs.timesOfAll();
        List<AlternativeDocument> alternatives = new ArrayList<>();
        for (int i = 0; i < layer.alternatives().size(); i++) {
            alternatives.add(AlternativeDocument.of(designs, i + 1, plan, marks.get(i + 1), networks));
        }
        return new LayerAlternativesDocument(
                layer.layer().name(),
                layer.layer().type(),
                layer.layer().input(),
                layer.layer().shape(),
                layer.followers().stream().map(Node::name).toList(),
                OriginalDocument.of(designs, marks.getFirst()),
                alternatives,
                timesOfAll == null ? null : timesOfAll.engine(),
                layer.breakEvens().stream().map(BreakEvenDocument::of).toList(),
                layer.refusals().stream().map(NotApplicableDocument::of).toList());
    }
}
