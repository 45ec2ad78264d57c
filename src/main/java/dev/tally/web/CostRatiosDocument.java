package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.planning.alternative.Figures;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How many times as much something else costs. */
@Schema(
        name = "CostRatios",
        description = "The original's figures over this design's, to four digits: above 1 is cheaper. Absent where one"
                + " of them is 0.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record CostRatiosDocument(
        @Nullable Double multiplies,
        @Nullable Double macs,
        @Nullable Double parameters,
        @Nullable Double weightBytes,
        @Nullable Double peakActivationBytes,
        @Nullable Double bytesMoved) {
    static CostRatiosDocument of(Figures original, Figures own) {
        return new CostRatiosDocument(
                ratio(original.multiplies(), own.multiplies()),
                ratio(original.macs(), own.macs()),
                ratio(original.parameters(), own.parameters()),
                ratio(original.weightBytes(), own.weightBytes()),
                ratio(original.peakActivationBytes(), own.peakActivationBytes()),
                ratio(original.bytesMoved(), own.bytesMoved()));
    }

    private static @Nullable Double ratio(long original, long own) {
        Double ratio = Figures.ratio(original, own);
        return ratio == null ? null : Digits.four(ratio);
    }
}
