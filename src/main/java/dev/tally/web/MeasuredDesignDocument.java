package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.measurement.Figures;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.Conditions;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.alternative.TimedDesigns;
import dev.tally.planning.comparison.Times;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured of a design of a layer on one engine. */
@Schema(
        name = "MeasuredDesign",
        description =
                "What was measured of the design by itself on one engine, an alternative in turns with the layer as"
                        + " it is.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MeasuredDesignDocument(
        @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
        String engine,

        @Schema(
                description =
                        "What its convolutions were computed by, as the request asked; absent where the engine chose.")
        @Nullable
        String algorithm,

        @Schema(description = "The engine's version.") @Nullable
        String engineVersion,

        @Schema(description = Descriptions.DEVICE) @Nullable String device,

        @Schema(description = Descriptions.THREADS, requiredMode = Schema.RequiredMode.REQUIRED)
        int threads,

        @Schema(description = Descriptions.PRECISION, requiredMode = Schema.RequiredMode.REQUIRED)
        String precision,

        @Schema(description = Descriptions.HOST) String host,

        @Schema(description = "Half of the runs were faster.", requiredMode = Schema.RequiredMode.REQUIRED)
        double medianMillis,

        @Schema(description = "A tenth of the runs were faster.")
        double p10Millis,

        @Schema(description = "Nine tenths of the runs were faster.")
        double p90Millis,

        @Schema(description = "How many runs count.", requiredMode = Schema.RequiredMode.REQUIRED)
        int runs,

        @Schema(
                description =
                        "How many times as slow as at its best the host was: 1 is quiet; above 1.15 measure again.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        double disturbance,

        @Schema(
                description = "The largest error at sampled points, relative to the largest of the reference in double"
                        + " precision; absent where one of them has no finite number.")
        @Nullable
        Double maxRelativeError,

        @Schema(
                description = "The time of the layer as it is over this one's: the median of the ratios of stretches of"
                        + " runs that followed each other. Absent for that layer.")
        @Nullable
        Double timeRatio,

        @Schema(description = SHARE_OF_RATIO_LEFT) @Nullable Double shareOfRatioLeft) {
    static final String SHARE_OF_RATIO_LEFT =
            "How much of the ratio in multiplies is left in time: timeRatio over it. 1 where time falls as multiplies do;"
                    + " absent where either is.";

    /** {@return what was measured of a design, an entry an engine; null where nothing was} */
    static @Nullable List<MeasuredDesignDocument> of(TimedDesigns designs, int design) {
        MeasuredAnalysis measured = designs.measured().get(design);
        if (measured == null) {
            return null;
        }
        List<MeasuredDesignDocument> documents = new ArrayList<>();
        for (Measurement measurement : measured.measurements().engines()) {
            documents.add(
                    of(measured.host(), measurement, designs.shareOfRatioLeft(times(designs, measurement), design)));
        }
        return documents;
    }

    private static Times times(TimedDesigns designs, Measurement measurement) {
        return designs.times().stream()
                .filter(times -> times.source() == Times.Source.MEASURED
                        && times.engine().equals(measurement.conditions().engine()))
                .findFirst()
                .orElseThrow();
    }

    private static MeasuredDesignDocument of(String host, Measurement measurement, @Nullable Double shareLeft) {
        Conditions conditions = measurement.conditions();
        Figures figures = measurement.figures();
        return new MeasuredDesignDocument(
                conditions.engine(),
                conditions.algorithm(),
                conditions.version(),
                conditions.device(),
                conditions.threads(),
                conditions.precision(),
                host,
                Digits.millis(figures.timing().median()),
                Digits.millis(figures.timing().p10()),
                Digits.millis(figures.timing().p90()),
                figures.timing().runs(),
                Digits.four(figures.disturbance()),
                FiguresDocument.finite(figures.maxRelativeError()),
                measurement.baseline() == null
                        ? null
                        : (Double) Digits.four(measurement.baseline().ratio()),
                RatiosDocument.four(shareLeft));
    }
}
