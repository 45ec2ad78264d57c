package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.network.Node;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was measured of a network on one engine. */
@Schema(name = "Measured", description = "What was measured of the network on one engine, end to end.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MeasuredDocument(
        @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
        String engine,

        @Schema(
                description = "What the network's convolutions were computed by, as the request asked; absent where the"
                        + " engine chose.")
        @Nullable
        String algorithm,

        @Schema(description = "The engine's version.") @Nullable
        String engineVersion,

        @Schema(description = Descriptions.DEVICE) @Nullable String device,

        @Schema(description = Descriptions.THREADS, requiredMode = Schema.RequiredMode.REQUIRED)
        int threads,

        @Schema(description = Descriptions.PRECISION) String precision,

        @Schema(description = Descriptions.HOST) String host,

        @JsonUnwrapped FiguresDocument figures,

        @Schema(description = "The sum of the layers' medians; absent where layers were not measured by themselves.")
        @Nullable
        Double layersMillis,

        @Schema(
                description = "Whether that sum and medianMillis are more than a tenth apart. A layer by itself has its"
                        + " images brought into the engine's layout and back, where in the network they stay in it; it"
                        + " has caches for itself; and it is started by itself.")
        @Nullable
        Boolean layersDisagree,

        @Schema(description = "What the network is compared with; absent without a baseline.") @Nullable
        BaselineDocument baseline,

        @Schema(
                description = "One entry for each layer that writes a tensor, measured by itself with what is fused"
                        + " into it; layers that do the same work were measured once. Absent with detail=totals or"
                        + " perLayer false.")
        @Nullable
        List<MeasuredLayerDocument> layers) {

    static List<MeasuredDocument> of(MeasuredAnalysis measured, boolean layers) {
        return measured.measurements().engines().stream()
                .map(measurement -> of(measured, measurement, layers))
                .toList();
    }

    private static MeasuredDocument of(MeasuredAnalysis measured, Measurement measurement, boolean layers) {
        boolean apart = !measurement.steps().isEmpty();
        return new MeasuredDocument(
                measurement.conditions().engine(),
                measurement.conditions().algorithm(),
                measurement.conditions().version(),
                measurement.conditions().device(),
                measurement.conditions().threads(),
                measurement.conditions().precision(),
                measured.host(),
                FiguresDocument.of(measurement.figures(), measured.rate(measurement)),
                apart ? Digits.millis(measurement.stepsNanos()) : null,
                apart ? measurement.stepsDisagree() : null,
                BaselineDocument.of(measured, measurement),
                apart && layers
                        ? measurement.steps().stream()
                                .map(step -> MeasuredLayerDocument.of(measured, measurement, step))
                                .toList()
                        : null);
    }

    /** The baseline on one engine. */
    @Schema(
            name = "MeasuredBaseline",
            description = "The baseline, run in turns with the network, so that both met the same host; by algorithms"
                    + " of the engine's own choice, whatever was asked for the network.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BaselineDocument(
            @Schema(description = "The baseline's name, where one was given.") @Nullable
            String name,

            @Schema(
                    description = "What tells the baseline from other networks.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String networkHash,

            @Schema(description = Descriptions.MULTIPLIES, requiredMode = Schema.RequiredMode.REQUIRED)
            long multiplies,

            @Schema(description = "Half of its runs were faster.", requiredMode = Schema.RequiredMode.REQUIRED)
            double medianMillis,

            @Schema(description = "Its fastest run.") double minMillis,

            @Schema(description = "How many runs count.") int runs,

            @Schema(description = "Its multiplies over the network's; absent where that has none.") @Nullable
            Double multipliesRatio,

            @Schema(
                    description = "Its time over the network's: the median of the ratios of stretches of runs that"
                            + " followed each other.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            double timeRatio) {

        static @Nullable BaselineDocument of(MeasuredAnalysis measured, Measurement measurement) {
            Measurement.Baseline baseline = measurement.baseline();
            if (baseline == null) {
                return null;
            }
            var analysis = Objects.requireNonNull(measured.baseline(), "counted, since it was measured");
            Double multiplies = measured.multipliesRatio();
            String name = analysis.network().name();
            return new BaselineDocument(
                    name.isEmpty() ? null : name,
                    analysis.network().hash(),
                    analysis.totals().operations().multiplies(),
                    Digits.millis(baseline.figures().timing().median()),
                    Digits.millis(baseline.figures().timing().min()),
                    baseline.figures().timing().runs(),
                    multiplies == null ? null : (Double) Digits.four(multiplies),
                    Digits.four(baseline.ratio()));
        }
    }

    /** A layer on one engine. */
    @Schema(name = "MeasuredLayer", description = "What was measured of one layer, by itself.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MeasuredLayerDocument(
            @Schema(description = "The layer's name.", requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(description = Descriptions.FUSED) @Nullable
            List<String> fused,

            @JsonUnwrapped FiguresDocument figures) {

        static MeasuredLayerDocument of(MeasuredAnalysis measured, Measurement measurement, StepFigures step) {
            List<String> fused =
                    step.step().layers().stream().skip(1).map(Node::name).toList();
            return new MeasuredLayerDocument(
                    step.step().first().name(),
                    fused.isEmpty() ? null : fused,
                    FiguresDocument.of(step.figures(), measured.rate(measurement, step)));
        }
    }
}
