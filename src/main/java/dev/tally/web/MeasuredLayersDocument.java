package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.analysis.Analysis;
import dev.tally.analysis.Totals;
import dev.tally.planning.TimePrediction;
import dev.tally.planning.TimedCounts;
import dev.tally.planning.comparison.Prediction;
import dev.tally.planning.comparison.Times;
import dev.tally.report.LayerTimes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job of layers found. */
@Schema(
        name = "MeasuredLayers",
        description = "Layers that were measured by themselves, each with what is fused into it.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MeasuredLayersDocument(
        @Schema(description = "The version of the service that counted.", requiredMode = Schema.RequiredMode.REQUIRED)
        String version,

        @Schema(
                description = "The version of the rules by which was counted.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String countingRules,

        @Schema(
                description = "The layers; none where a sweep misses none.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<LayerTimesDocument> layers,

        @Schema(
                description = "Whether the sweep misses more than a job measures: ask again when it is done.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        boolean more,

        @Schema(description = "Whether counting predicts their times, by each engine; of three layers or more.")
        @Nullable
        List<CorrelationsDocument> correlations) {

    static MeasuredLayersDocument of(MeasuredLayersAnswer answer) {
        List<CorrelationsDocument> correlations = correlations(answer.layers());
        return new MeasuredLayersDocument(
                answer.version(),
                Analysis.COUNTING_RULES,
                answer.layers().stream().map(LayerTimesDocument::of).toList(),
                answer.more(),
                correlations.isEmpty() ? null : correlations);
    }

    private static List<CorrelationsDocument> correlations(List<LayerTimes> layers) {
        Map<String, List<TimedCounts>> byEngine = new LinkedHashMap<>();
        for (LayerTimes layer : layers) {
            if (layer.measured() != null) {
                layer.measured()
                        .measurements()
                        .engines()
                        .forEach(measurement -> byEngine.computeIfAbsent(
                                        measurement.conditions().engine(), _ -> new ArrayList<>())
                                .add(TimedCounts.of(
                                        layer.analysis().totals(),
                                        measurement.figures().timing().median())));
            }
        }
        List<CorrelationsDocument> correlations = new ArrayList<>();
        byEngine.forEach((engine, counts) -> TimePrediction.of(counts)
                .ifPresent(prediction -> correlations.add(CorrelationsDocument.of(
                        Prediction.Over.LAYERS.id(), engine, Times.Source.MEASURED.id(), prediction))));
        return correlations;
    }

    /** A layer. */
    @Schema(name = "LayerTimes", description = "A layer by itself.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LayerTimesDocument(
            @Schema(
                    description = "Under which its times are kept, in GET /v1/latencies.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String key,

            @Schema(
                    description = "Its name in the network that it is from.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(description = Descriptions.MULTIPLIES, requiredMode = Schema.RequiredMode.REQUIRED)
            long multiplies,

            @Schema(description = Descriptions.BYTES_MOVED) long bytesMoved,

            @Schema(description = Descriptions.PARAMETERS) long parameters,

            @Schema(description = "What was measured of it, an entry an engine; absent where nothing was, or not yet.")
            @Nullable
            List<MeasuredDocument> measured,

            @Schema(description = "Why it was not measured, where an engine cannot run it.") @Nullable
            String notMeasured) {

        private static LayerTimesDocument of(LayerTimes layer) {
            Totals totals = layer.analysis().totals();
            return new LayerTimesDocument(
                    layer.key(),
                    layer.name(),
                    totals.operations().multiplies(),
                    totals.bytesMoved(),
                    totals.parameters(),
                    layer.measured() == null ? null : MeasuredDocument.of(layer.measured(), false),
                    layer.notMeasured());
        }
    }
}
