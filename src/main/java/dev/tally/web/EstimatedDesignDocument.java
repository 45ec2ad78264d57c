package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.planning.alternative.DesignEstimates;
import dev.tally.planning.alternative.DesignEstimates.DesignEstimate;
import dev.tally.planning.alternative.TimedDesigns;
import dev.tally.planning.comparison.Times;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A design's time from those of its layers. */
@Schema(
        name = "EstimatedDesign",
        description = "The design's time by the latency table: the sum of its layers' medians, each measured by itself,"
                + " in whatever network.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record EstimatedDesignDocument(
        @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
        String engine,

        @Schema(description = Descriptions.DEVICE) @Nullable String device,

        @Schema(description = Descriptions.THREADS, requiredMode = Schema.RequiredMode.REQUIRED)
        int threads,

        @Schema(description = Descriptions.PRECISION, requiredMode = Schema.RequiredMode.REQUIRED)
        String precision,

        @Schema(description = Descriptions.HOST) String host,

        @Schema(description = "The sum; absent where a layer is missing.") @Nullable
        Double estimatedMillis,

        @Schema(
                description = "The layers that are not in the table, by their names in the rewritten network.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<String> missing,

        @Schema(
                description = "The time of the layer as it is over this one's; absent for that layer, and where either"
                        + " is not known.")
        @Nullable
        Double timeRatio,

        @Schema(description = MeasuredDesignDocument.SHARE_OF_RATIO_LEFT) @Nullable
        Double shareOfRatioLeft) {

    /** {@return what is known of a design from before; null where that was not asked for} */
    static @Nullable EstimatedDesignDocument of(TimedDesigns designs, int design) {
        DesignEstimates estimates = designs.estimates();
        if (estimates == null) {
            return null;
        }
        DesignEstimate own = estimates.designs().get(design);
        Times times = designs.times().getLast();
        Double nanos = own.nanos();
        return new EstimatedDesignDocument(
                estimates.engine(),
                LatencyDocument.unlessEmpty(estimates.device()),
                estimates.threads(),
                estimates.precision(),
                estimates.host(),
                nanos == null ? null : (Double) Digits.millis(nanos),
                own.missing(),
                RatiosDocument.four(designs.timeRatio(times, design)),
                RatiosDocument.four(designs.shareOfRatioLeft(times, design)));
    }
}
