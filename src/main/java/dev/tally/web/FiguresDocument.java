package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.measurement.Figures;
import dev.tally.measurement.Timing;
import dev.tally.planning.Rate;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The times of one thing on one engine, and how far to trust them: of a network and of a layer alike. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FiguresDocument(
        @Schema(
                description = "Which code of the engine ran, under a stable name.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String kernel,

        @Schema(description = "Half of the runs were faster.", requiredMode = Schema.RequiredMode.REQUIRED)
        double medianMillis,

        @Schema(description = "A tenth of the runs were faster.")
        double p10Millis,

        @Schema(description = "Nine tenths of the runs were faster.")
        double p90Millis,

        @Schema(description = "The fastest run.", requiredMode = Schema.RequiredMode.REQUIRED)
        double minMillis,

        @Schema(description = "The arithmetic mean of the runs.")
        double meanMillis,

        @Schema(description = "(p90Millis - p10Millis) / medianMillis.")
        double dispersion,

        @Schema(description = "How many runs count.", requiredMode = Schema.RequiredMode.REQUIRED)
        int runs,

        @Schema(description = "How long loading the weights and packing them for the engine took.")
        double prepareMillis,

        @Schema(description = "How long the first run took.")
        double coldMillis,

        @Schema(
                description = "A run on the engine's device without the copies to it and back, which the other times"
                        + " have in them; absent where the engine has no memory of its own.")
        @Nullable
        Double deviceMillis,

        @Schema(
                description =
                        "How many times as slow as at its best the host was: the median of a fixed probe between the runs"
                                + " relative to its best since the service started, times what the runs took relative to what"
                                + " was left of it after the time in which threads were ready and had no core. 1 is quiet;"
                                + " above 1.15 measure again.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        double disturbance,

        @Schema(
                description = "Thousands of millions of multiplies and additions a second, those of the direct"
                        + " definition over medianMillis, or over deviceMillis where that is there.")
        double effectiveGflops,

        @Schema(
                description =
                        "Which part of the peak that this host was seen to reach with as many threads the operations are that"
                                + " were really executed, never above 1. The engine java says how many: its Winograd algorithms"
                                + " need several times fewer than the direct definition, others leave out rows of padding. Of the"
                                + " other engines the definition's are taken. Absent for an engine that does not compute on the"
                                + " host.")
        @Nullable
        Double shareOfPeak,

        @Schema(
                description = "The largest error at sampled points, relative to the largest of the reference in double"
                        + " precision; absent where notFinite is true.")
        @Nullable
        Double maxRelativeError,

        @Schema(
                description =
                        "True where the engine gave no finite number and the reference one, or the reverse; absent"
                                + " elsewhere.")
        @Nullable
        Boolean notFinite) {

    static FiguresDocument of(Figures figures, Rate rate) {
        Timing timing = figures.timing();
        return new FiguresDocument(
                figures.kernel(),
                Digits.millis(timing.median()),
                Digits.millis(timing.p10()),
                Digits.millis(timing.p90()),
                Digits.millis(timing.min()),
                Digits.millis(timing.mean()),
                Digits.four(timing.dispersion()),
                timing.runs(),
                Digits.millis((double) figures.prepareNanos()),
                Digits.millis((double) figures.coldNanos()),
                figures.deviceNanos().isPresent()
                        ? Digits.millis((double) figures.deviceNanos().getAsLong())
                        : null,
                Digits.four(figures.disturbance()),
                Digits.four(rate.gflops()),
                rate.shareOfPeak().isPresent() ? Digits.four(rate.shareOfPeak().getAsDouble()) : null,
                finite(figures.maxRelativeError()),
                Double.isFinite(figures.maxRelativeError()) ? null : true);
    }

    static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? (Double) Digits.four(number) : null;
    }
}
