package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.analysis.Analysis;
import dev.tally.latency.LatencyEstimate;
import dev.tally.network.Network;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Verdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The answer of {@code POST /v1/analyses}. Shapes are without the batch; counts and activations include it. */
@Schema(
        name = "Analysis",
        description = "What a network costs. Shapes are without the batch; counts and activations include it.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnalysisDocument(
        @Schema(description = "The network's name, where one was given.") @Nullable
        String name,

        @Schema(description = "The version of the service that counted.", requiredMode = Schema.RequiredMode.REQUIRED)
        String version,

        @Schema(
                description = "The version of the rules by which was counted; it changes when a count could.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String countingRules,

        @Schema(
                description = "SHA-256 of what the network computes, names apart: equal for two descriptions that"
                        + " expand to one network, its layers in one order.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String networkHash,

        @Schema(
                description = "The input's shape; with several inputs, an object of shapes by name.",
                types = {})
        Object input,

        @Schema(
                description = "The output's shape; with several outputs, an object of shapes by name.",
                types = {})
        Object output,

        @Schema(description = "How many samples run at once.")
        int batch,

        @Schema(description = "The type of every element.") String dtype,

        @Schema(description = "Where the channels stand in every shape.")
        String layout,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) TotalsDocument totals,

        @Schema(description = "Whether the network keeps its budget; absent where the request has none.") @Nullable
        BudgetDocument budget,

        @Schema(description = "One entry a layer, in the order in which they run; absent with detail=totals.") @Nullable
        List<LayerDocument> layers,

        @Schema(description = "The layers that could not be counted; empty for a JSON description.")
        List<String> uncounted,

        @Schema(description = "What was measured, an entry an engine; absent where nothing was.") @Nullable
        List<MeasuredDocument> measured,

        @Schema(
                description = "The largest difference between two engines' outputs, on the same weights and input,"
                        + " relative to the largest output; absent with fewer than two engines.")
        @Nullable
        Double largestEngineDifference,

        @Schema(description = "The network's time from the latency table; absent where the request has no estimate.")
        @Nullable
        EstimateDocument estimate) {

    static AnalysisDocument of(
            Analysis analysis,
            boolean layers,
            String version,
            @Nullable Verdict verdict,
            @Nullable MeasuredAnalysis measured,
            @Nullable LatencyEstimate estimate) {
        Network network = analysis.network();
        return new AnalysisDocument(
                network.name().isEmpty() ? null : network.name(),
                version,
                Analysis.COUNTING_RULES,
                network.hash(),
                shapes(network.inputs()),
                shapes(network.outputs()),
                network.batch(),
                network.dataType().id(),
                network.layout().id(),
                TotalsDocument.of(analysis.totals()),
                verdict == null ? null : BudgetDocument.of(verdict),
                layers ? LayerDocument.of(analysis) : null,
                List.of(),
                measured == null ? null : MeasuredDocument.of(measured, layers),
                measured == null ? null : difference(measured),
                estimate == null ? null : EstimateDocument.of(estimate, layers));
    }

    /** {@return the largest difference between two engines' outputs; null where there is none, or it is not finite} */
    static @Nullable Double difference(MeasuredAnalysis measured) {
        OptionalDouble difference = measured.measurements().largestDifference();
        return difference.isPresent() ? FiguresDocument.finite(difference.getAsDouble()) : null;
    }

    /** {@return the one shape, or an object of shapes by name} */
    static Object shapes(List<? extends Source> sources) {
        if (sources.size() == 1) {
            return sources.getFirst().shape();
        }
        Map<String, Shape> shapes = new LinkedHashMap<>();
        sources.forEach(source -> shapes.put(source.name(), source.shape()));
        return shapes;
    }
}
