package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.planning.Figure;
import dev.tally.planning.Ratio;
import dev.tally.planning.alternative.Figures;
import dev.tally.planning.comparison.Comparison;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How many times less something costs than what it is compared with. */
@Schema(
        name = "Ratios",
        description = "The figures of what it is compared with over its own: over 1 where it is cheaper. Each is absent"
                + " where either figure is 0.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RatiosDocument(
        @Schema(description = "Of the multiplies.") @Nullable
        Double multiplies,

        @Schema(description = "Of the multiply-accumulates.") @Nullable
        Double macs,

        @Schema(description = "Of multiplies and additions together; absent for an alternative.") @Nullable
        Double flops,

        @Schema(description = "Of the parameters.") @Nullable
        Double parameters,

        @Schema(description = "Of the bytes of parameters and stored statistics.") @Nullable
        Double weightBytes,

        @Schema(description = "Of the bytes of all activations; absent for an alternative.") @Nullable
        Double activationBytes,

        @Schema(description = "Of the most bytes of activations alive at once; absent for a layer.") @Nullable
        Double peakActivationBytes,

        @Schema(description = "Of the bytes moved.") @Nullable
        Double bytesMoved) {

    /** {@return the first network's figures over another's} */
    static RatiosDocument of(Comparison comparison, int network) {
        return new RatiosDocument(
                four(comparison.ratio(Figure.MULTIPLIES, network)),
                four(comparison.ratio(Figure.MACS, network)),
                four(comparison.ratio(Figure.FLOPS, network)),
                four(comparison.ratio(Figure.PARAMETERS, network)),
                four(comparison.ratio(Figure.WEIGHT_BYTES, network)),
                four(comparison.ratio(Figure.ACTIVATION_BYTES, network)),
                four(comparison.ratio(Figure.PEAK_ACTIVATION_BYTES, network)),
                four(comparison.ratio(Figure.BYTES_MOVED, network)));
    }

    /** {@return the figures of a layer in the first network over those in another} */
    static RatiosDocument of(Comparison.Row row, int network) {
        return new RatiosDocument(
                four(row.ratio(layer -> layer.operations().multiplies(), network)),
                four(row.ratio(layer -> layer.operations().macs(), network)),
                four(row.ratio(LayerAnalysis::flops, network)),
                four(row.ratio(LayerAnalysis::parameters, network)),
                four(row.ratio(LayerAnalysis::weightBytes, network)),
                four(row.ratio(LayerAnalysis::activationBytes, network)),
                null,
                four(row.ratio(LayerAnalysis::bytesMoved, network)));
    }

    /** {@return the figures of a layer as it is, or of its network, over those with an alternative} */
    static RatiosDocument of(Figures original, Figures own) {
        return new RatiosDocument(
                four(Ratio.of(original.multiplies(), own.multiplies())),
                four(Ratio.of(original.macs(), own.macs())),
                null,
                four(Ratio.of(original.parameters(), own.parameters())),
                four(Ratio.of(original.weightBytes(), own.weightBytes())),
                null,
                four(Ratio.of(original.peakActivationBytes(), own.peakActivationBytes())),
                four(Ratio.of(original.bytesMoved(), own.bytesMoved())));
    }

    static @Nullable Double four(@Nullable Double ratio) {
        return ratio == null ? null : (Double) Digits.four(ratio);
    }
}
