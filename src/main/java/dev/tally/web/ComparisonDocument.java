package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.network.Network;
import dev.tally.network.Shape;
import dev.tally.planning.comparison.Comparison;
import dev.tally.planning.comparison.Comparison.Compared;
import dev.tally.planning.comparison.Prediction;
import dev.tally.planning.comparison.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The answer of {@code POST /v1/comparisons}. */
@Schema(name = "Comparison", description = "Networks side by side, as a whole and layer by layer.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ComparisonDocument(
        @Schema(description = "The version of the service that counted.", requiredMode = Schema.RequiredMode.REQUIRED)
        String version,

        @Schema(
                description = "The version of the rules by which was counted; it changes when a count could.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String countingRules,

        @Schema(
                description = "The networks, in the request's order; the first is what the others are compared with.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<ComparedNetworkDocument> networks,

        @Schema(
                description = "How many layers, by their names, all of the networks have.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        int sharedLayers,

        @Schema(
                description =
                        "The layers of all networks, aligned by their names: those of the first in its order, those"
                                + " that only others have after the one that they follow there. Absent with detail=totals.")
        @Nullable
        List<ComparedLayerDocument> layers,

        @Schema(
                description = "Whether counting predicts time here, by each engine: over the networks and over their"
                        + " layers, of three or more; by measured times where there are any, else by estimates.")
        @Nullable
        List<CorrelationsDocument> correlations) {

    static ComparisonDocument of(ComparisonAnswer answer) {
        Comparison comparison = answer.comparison();
        List<Times> times = answer.times();
        List<CorrelationsDocument> correlations = Prediction.of(comparison, times).stream()
                .map(one -> CorrelationsDocument.of(
                        one.over().id(),
                        one.times().engine(),
                        one.times().source().id(),
                        one.prediction()))
                .toList();
        return new ComparisonDocument(
                answer.version(),
                Analysis.COUNTING_RULES,
                IntStream.range(0, comparison.networks().size())
                        .mapToObj(i -> ComparedNetworkDocument.of(answer, times, i))
                        .toList(),
                comparison.sharedRows(),
                answer.layers()
                        ? comparison.rows().stream()
                                .map(row -> ComparedLayerDocument.of(row, comparison, times))
                                .toList()
                        : null,
                correlations.isEmpty() ? null : correlations);
    }

    /** A network. */
    @Schema(name = "ComparedNetwork", description = "One of the networks that are compared.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ComparedNetworkDocument(
            @Schema(
                    description =
                            "What it is called here: its own name, or a made-up one such as \"network 2\" where it"
                                    + " has none, or one before it has the same.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(
                    description = "What tells it from other networks, names apart.",
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

            @Schema(description = "The type of every element.")
            String dtype,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            TotalsDocument totals,

            @Schema(description = "The first network's totals over its own; absent for the first.") @Nullable
            RatiosDocument ratios,

            @Schema(description = "How long it takes, on each engine; absent where that is not known.") @Nullable
            List<TimeDocument> times,

            @Schema(
                    description = "What was measured of it, an entry an engine, in turns with the first network as its"
                            + " baseline; absent where nothing was.")
            @Nullable
            List<MeasuredDocument> measured,

            @Schema(
                    description = "The largest difference between two engines' outputs, relative to the largest output;"
                            + " absent with fewer than two engines.")
            @Nullable
            Double largestEngineDifference,

            @Schema(description = "Why it was not measured, where the request measures and an engine cannot run it.")
            @Nullable
            String notMeasured,

            @Schema(description = "Its time from the latency table; absent where the request has no estimate.")
            @Nullable
            EstimateDocument estimate) {

        private static ComparedNetworkDocument of(ComparisonAnswer answer, List<Times> times, int number) {
            Compared compared = answer.comparison().networks().get(number);
            Network network = compared.analysis().network();
            var measured = answer.measured().get(number);
            var estimate = answer.estimates().get(number);
            return new ComparedNetworkDocument(
                    compared.name(),
                    network.hash(),
                    AnalysisDocument.shapes(network.inputs()),
                    AnalysisDocument.shapes(network.outputs()),
                    network.batch(),
                    network.dataType().id(),
                    TotalsDocument.of(compared.analysis().totals()),
                    number == 0 ? null : RatiosDocument.of(answer.comparison(), number),
                    TimeDocument.of(times, number),
                    measured == null ? null : MeasuredDocument.of(measured, false),
                    measured == null ? null : AnalysisDocument.difference(measured),
                    answer.notMeasured().get(number),
                    estimate == null ? null : EstimateDocument.of(estimate, false));
        }
    }

    /** Layers of one name. */
    @Schema(name = "ComparedLayer", description = "The layers of one name.")
    record ComparedLayerDocument(
            @Schema(description = "Their name.", requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(
                    description = "The layer in each network that has it, in the networks' order.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            List<LayerInNetworkDocument> in) {

        private static ComparedLayerDocument of(Comparison.Row row, Comparison comparison, List<Times> times) {
            List<LayerInNetworkDocument> in = new ArrayList<>();
            for (int i = 0; i < row.layers().size(); i++) {
                LayerAnalysis layer = row.layers().get(i);
                if (layer != null) {
                    in.add(LayerInNetworkDocument.of(
                            comparison.networks().get(i).name(),
                            layer,
                            i == 0 || row.layers().getFirst() == null ? null : RatiosDocument.of(row, i),
                            TimeDocument.of(times, row.name(), i)));
                }
            }
            return new ComparedLayerDocument(row.name(), in);
        }
    }

    /** A layer in one of the networks. */
    @Schema(name = "LayerInNetwork", description = "What a layer costs in one of the networks.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LayerInNetworkDocument(
            @Schema(description = "The network, by its name here.", requiredMode = Schema.RequiredMode.REQUIRED)
            String network,

            @Schema(description = "The layer's type, as it was written.", requiredMode = Schema.RequiredMode.REQUIRED)
            String type,

            @Schema(description = "The output's shape.", implementation = int[].class)
            Shape output,

            @Schema(description = Descriptions.MULTIPLIES, requiredMode = Schema.RequiredMode.REQUIRED)
            long multiplies,

            @Schema(description = Descriptions.MACS, requiredMode = Schema.RequiredMode.REQUIRED)
            long macs,

            @Schema(description = Descriptions.FLOPS, requiredMode = Schema.RequiredMode.REQUIRED)
            long flops,

            @Schema(description = Descriptions.PARAMETERS, requiredMode = Schema.RequiredMode.REQUIRED)
            long parameters,

            @Schema(description = Descriptions.WEIGHT_BYTES) long weightBytes,

            @Schema(description = "The bytes of the tensor that it writes; 0 where it is fused or a view.")
            long activationBytes,

            @Schema(description = Descriptions.BYTES_MOVED) long bytesMoved,

            @Schema(
                    description =
                            "The first network's figures over its own; absent for the first, and where that has no"
                                    + " layer of the name.")
            @Nullable
            RatiosDocument ratios,

            @Schema(
                    description = "How long it takes by itself, with what is fused into it; absent where that is not"
                            + " known.")
            @Nullable
            List<TimeDocument> times) {

        private static LayerInNetworkDocument of(
                String network,
                LayerAnalysis layer,
                @Nullable RatiosDocument ratios,
                @Nullable List<TimeDocument> times) {
            return new LayerInNetworkDocument(
                    network,
                    layer.node().type(),
                    layer.node().shape(),
                    layer.operations().multiplies(),
                    layer.operations().macs(),
                    layer.flops(),
                    layer.parameters(),
                    layer.weightBytes(),
                    layer.activationBytes(),
                    layer.bytesMoved(),
                    ratios,
                    times);
        }
    }
}
