package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.analysis.Analysis;
import dev.tally.network.Network;
import dev.tally.planning.alternative.Alternative;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.Kind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code POST /v1/alternatives}. Shapes are without the batch; counts and activations include it. */
@Schema(
        name = "Alternatives",
        description = "Cheaper designs of a network's layers. Shapes are without the batch; counts and activations"
                + " include it.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AlternativesDocument(
        @Schema(description = "The network's name, where one was given.") @Nullable
        String name,

        @Schema(description = "The version of the service that counted.", requiredMode = Schema.RequiredMode.REQUIRED)
        String version,

        @Schema(
                description = "The version of the rules by which was counted; it changes when a count could.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String countingRules,

        @Schema(
                description = "The hash of the network as it is, as an analysis has it.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String networkHash,

        @Schema(description = "How many samples run at once.")
        int batch,

        @Schema(description = "The type of every element.") String dtype,

        @Schema(description = "Where the channels stand in every shape.")
        String layout,

        @Schema(description = "What the network costs as it is.", requiredMode = Schema.RequiredMode.REQUIRED)
        CostDocument totals,

        @Schema(description = "What no figure says of an alternative.", requiredMode = Schema.RequiredMode.REQUIRED)
        String note,

        @Schema(description = "The kinds of alternatives that are in the answer.")
        List<KindDocument> kinds,

        @Schema(
                description = "The layers that were asked for, the costliest first.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<LayerAlternativesDocument> layers) {
    private static final String NOTE =
            "Each alternative has the output shape of its layer and is another function: it needs training, and only"
                    + " that shows how good it is.";

    /** A kind of alternative. */
    @Schema(name = "AlternativeKind", description = "A way to design a layer anew.")
    record KindDocument(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String kind,

            @Schema(description = "What people call it.") String title,
            @Schema(description = "What it does.") String summary,

            @Schema(description = "The papers that it comes from.")
            String source) {
        static KindDocument of(Kind kind) {
            return new KindDocument(kind.id(), kind.title(), kind.summary(), kind.source());
        }
    }

    static AlternativesDocument of(AlternativesAnswer answer) {
        AlternativesPlan plan = answer.plan();
        Network network = plan.network();
        return new AlternativesDocument(
                network.name().isEmpty() ? null : network.name(),
                answer.version(),
                Analysis.COUNTING_RULES,
                network.hash(),
                network.batch(),
                network.dataType().id(),
                network.layout().id(),
                CostDocument.of(plan.totals()),
                NOTE,
                plan.layers().stream()
                        .flatMap(layer -> layer.alternatives().stream())
                        .map(Alternative::kind)
                        .distinct()
                        .map(KindDocument::of)
                        .toList(),
                answer.designs().stream()
                        .map(designs -> LayerAlternativesDocument.of(designs, plan, answer.networks()))
                        .toList());
    }
}
