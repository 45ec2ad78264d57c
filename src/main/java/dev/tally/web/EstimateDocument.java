package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.latency.Latency;
import dev.tally.latency.LatencyEstimate;
import dev.tally.latency.LatencyEstimate.StepLatency;
import dev.tally.network.Node;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A network's time from those of its layers. */
@Schema(
        name = "Estimate",
        description = "The network's time by the latency table: the sum of its layers' medians, each measured by"
                + " itself, in whatever network.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record EstimateDocument(
        @Schema(
                description = "Where the times are from.",
                allowableValues = "latencies",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String from,

        @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
        String engine,

        @Schema(description = Descriptions.PRECISION, requiredMode = Schema.RequiredMode.REQUIRED)
        String precision,

        @Schema(description = Descriptions.THREADS, requiredMode = Schema.RequiredMode.REQUIRED)
        int threads,

        @Schema(description = "The host's fingerprint.", requiredMode = Schema.RequiredMode.REQUIRED)
        String host,

        @Schema(
                description = "The device that it computed on, and its driver; absent for the host's processor. Of"
                        + " several, the one that was seen for the first time last.")
        @Nullable
        String device,

        @Schema(description = "Whether all layers are in the table.", requiredMode = Schema.RequiredMode.REQUIRED)
        boolean complete,

        @Schema(description = "The network's time; absent where a layer is missing.") @Nullable
        Double estimatedMillis,

        @Schema(
                description = "The sum of the medians of those layers that were found.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        double foundMillis,

        @Schema(
                description = "The sum of the layers' standard deviations from measurement to measurement: that of the"
                        + " whole is no greater, however they hang together. Absent where a layer is missing, or was"
                        + " measured once only.")
        @Nullable
        Double spreadMillis,

        @Schema(
                description = "The layers that are not in the table, by their names.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<String> missing,

        @Schema(
                description = "How many layers were never measured on a quiet host; their times may be too long.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        long disturbed,

        @Schema(
                description = "The median of this very network, end to end, under the same conditions; absent where it"
                        + " was not measured.")
        @Nullable
        Double measuredMillis,

        @Schema(
                description = "(estimatedMillis - measuredMillis) / measuredMillis: below 0 where the estimate is too"
                        + " small; absent where one of them is.")
        @Nullable
        Double relativeError,

        @Schema(
                description = "One entry for each layer that writes a tensor, in the order in which they run; absent"
                        + " with detail=totals.")
        @Nullable
        List<EstimatedLayerDocument> layers) {

    static EstimateDocument of(LatencyEstimate estimate, boolean layers) {
        Latency whole = estimate.whole();
        double found = Digits.millis(estimate.foundNanos());
        return new EstimateDocument(
                EstimateReader.LATENCIES,
                estimate.conditions().engine(),
                estimate.conditions().precision(),
                estimate.conditions().threads(),
                estimate.conditions().host(),
                LatencyDocument.unlessEmpty(estimate.conditions().device()),
                estimate.complete(),
                estimate.complete() ? found : null,
                found,
                estimate.spreadNanos().isPresent()
                        ? Digits.millis(estimate.spreadNanos().getAsDouble())
                        : null,
                estimate.missing().stream().map(StepLatency::name).toList(),
                estimate.disturbed(),
                whole == null ? null : Digits.millis(whole.median()),
                four(estimate.relativeError()),
                layers
                        ? estimate.steps().stream()
                                .map(EstimatedLayerDocument::of)
                                .toList()
                        : null);
    }

    private static @Nullable Double four(OptionalDouble number) {
        return number.isPresent() ? Digits.four(number.getAsDouble()) : null;
    }

    /** A layer's time. */
    @Schema(name = "EstimatedLayer", description = "What the latency table has of a layer.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EstimatedLayerDocument(
            @Schema(description = "The layer's name.", requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(description = Descriptions.FUSED) @Nullable
            List<String> fused,

            @Schema(
                    description = "Under which its times are kept, in GET /v1/latencies.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String key,

            @Schema(description = "Its median; absent where it is missing.") @Nullable
            Double medianMillis,

            @Schema(description = "How many measurements that is of; absent where it is missing.") @Nullable
            Integer count,

            @Schema(description = "When the last of them was made; absent where it is missing.", format = "date-time")
            @Nullable
            String lastMeasured) {

        static EstimatedLayerDocument of(StepLatency step) {
            List<String> fused = step.layers().stream().skip(1).map(Node::name).toList();
            Latency latency = step.latency();
            return new EstimatedLayerDocument(
                    step.name(),
                    fused.isEmpty() ? null : fused,
                    step.key(),
                    latency == null ? null : (Double) Digits.millis(latency.median()),
                    latency == null ? null : (Integer) latency.count(),
                    latency == null ? null : latency.measuredAt().toString());
        }
    }
}
