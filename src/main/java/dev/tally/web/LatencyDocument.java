package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.latency.Latency;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row of the latency table. */
@Schema(
        name = "Latency",
        description = "What is known of the time of a layer, or of a network, under some conditions. A sample is the"
                + " median run of one measurement: of a device with its own memory, the device's time without copies.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LatencyDocument(
        @Schema(
                description = "What was measured: a layer with those that are fused into it, the shapes of its inputs,"
                        + " batch, type of elements and layout; or \"network\" and a network's hash.",
                example = "conv k5x5 s1x1 d1x1 p2+2,2+2 f32 g1 bias + relu | 28x28x16 | n1 float32 channels_last",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String key,

        @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
        String engine,

        @Schema(description = "What convolutions were computed by, as a request asked; absent where the engine chose.")
        @Nullable
        String algorithm,

        @Schema(description = Descriptions.PRECISION, requiredMode = Schema.RequiredMode.REQUIRED)
        String precision,

        @Schema(description = Descriptions.THREADS, requiredMode = Schema.RequiredMode.REQUIRED)
        int threads,

        @Schema(description = Descriptions.HOST, requiredMode = Schema.RequiredMode.REQUIRED)
        String host,

        @Schema(description = Descriptions.DEVICE) @Nullable String device,

        @Schema(
                description = "How many measurements count: those of a quiet host; where there is none, those of a"
                        + " disturbed one.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        int count,

        @Schema(
                description = "The median of the latest samples, 31 at most.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        double medianMillis,

        @Schema(
                description = "The arithmetic mean of all samples that count.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        double meanMillis,

        @Schema(description = "Their unbiased variance, in milliseconds squared; absent of a single one.") @Nullable
        Double varianceMillisSquared,

        @Schema(description = "The fastest run of all.", requiredMode = Schema.RequiredMode.REQUIRED)
        double minMillis,

        @Schema(
                description = "When the last of them was measured.",
                format = "date-time",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String lastMeasured,

        @Schema(
                description = "Which code of the engine ran, the last time.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String kernel,

        @Schema(
                description = "How many times as slow as at its best the host was, the last time: above 1.15 it was"
                        + " never measured on a quiet host.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        double disturbance) {

    static LatencyDocument of(Latency latency) {
        return new LatencyDocument(
                latency.key(),
                latency.conditions().engine(),
                unlessEmpty(latency.conditions().algorithm()),
                latency.conditions().precision(),
                latency.conditions().threads(),
                latency.conditions().host(),
                unlessEmpty(latency.conditions().device()),
                latency.count(),
                Digits.millis(latency.median()),
                Digits.millis(latency.mean()),
                latency.variance().isPresent() ? Digits.four(latency.variance().getAsDouble() / 1e12) : null,
                Digits.millis(latency.min()),
                latency.measuredAt().toString(),
                latency.kernel(),
                Digits.four(latency.disturbance()));
    }

    static @Nullable String unlessEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
