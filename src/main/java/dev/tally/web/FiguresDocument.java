package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.measurement.Figures;
import dev.tally.measurement.Timing;
import dev.tally.planning.Rate;
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
                                + " relative to its best since the service started, and that again by the part of the time"
                                + " in which other processes had a core that the engine needed. 1 is quiet; above 1.05 be"
                                + " careful.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        double disturbance,

        @Schema(
                description = "Thousands of millions of multiplies and additions a second, those of the direct"
                        + " definition over the median.")
        double effectiveGflops,

        @Schema(
                description = "Of the peak that this host was measured to reach with as many threads; absent for an"
                        + " engine that does not compute on the host.")
        @Nullable
        Double shareOfPeak,

        @Schema(
                description = "The largest error at sampled points, relative to the largest of the reference in double"
                        + " precision; absent where it is not finite on either side.")
        @Nullable
        Double maxRelativeError) {

    static FiguresDocument of(Figures figures, Rate rate) {
        Timing timing = figures.timing();
        return new FiguresDocument(
                figures.kernel(),
                millis(timing.median()),
                millis(timing.p10()),
                millis(timing.p90()),
                millis(timing.min()),
                millis(timing.mean()),
                rounded(timing.dispersion()),
                timing.runs(),
                millis((double) figures.prepareNanos()),
                millis((double) figures.coldNanos()),
                figures.deviceNanos().isPresent()
                        ? millis((double) figures.deviceNanos().getAsLong())
                        : null,
                rounded(figures.disturbance()),
                rounded(rate.gflops()),
                rate.shareOfPeak().isPresent() ? rounded(rate.shareOfPeak().getAsDouble()) : null,
                finite(figures.maxRelativeError()));
    }

    /** To the nanosecond that the clock can tell. */
    static double millis(double nanos) {
        return Math.round(nanos) / 1e6;
    }

    /** To four digits: more would be noise. */
    static double rounded(double number) {
        double digits = Math.pow(10, 3 - Math.floor(Math.log10(Math.max(Math.abs(number), 1e-12))));
        return Math.round(number * digits) / digits;
    }

    static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? (Double) rounded(number) : null;
    }
}
