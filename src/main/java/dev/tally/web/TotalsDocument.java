package dev.tally.web;

import dev.tally.analysis.Operations;
import dev.tally.analysis.Totals;
import io.swagger.v3.oas.annotations.media.Schema;

/** The totals of an analysis. */
@Schema(name = "Totals", description = "What the whole network costs.")
record TotalsDocument(
        @Schema(description = Descriptions.MULTIPLIES, requiredMode = Schema.RequiredMode.REQUIRED)
        long multiplies,

        @Schema(description = Descriptions.IN_BOUNDS, requiredMode = Schema.RequiredMode.REQUIRED)
        long multipliesInBounds,

        @Schema(description = Descriptions.ADDITIONS, requiredMode = Schema.RequiredMode.REQUIRED)
        long additions,

        @Schema(description = Descriptions.MACS, requiredMode = Schema.RequiredMode.REQUIRED)
        long macs,

        @Schema(description = Descriptions.FLOPS, requiredMode = Schema.RequiredMode.REQUIRED)
        long flops,

        OtherDocument other,

        @Schema(description = Descriptions.PARAMETERS, requiredMode = Schema.RequiredMode.REQUIRED)
        long parameters,

        @Schema(description = Descriptions.WEIGHT_BYTES) long weightBytes,

        @Schema(description = "The bytes of the inputs and of every tensor that a layer writes.")
        long activationBytes,

        @Schema(description = "The most bytes of activations alive at once; weights and workspace excluded.")
        long peakActivationBytes,

        @Schema(description = "The layer at which that many are alive.")
        String peakLayer,

        @Schema(description = Descriptions.BYTES_MOVED) long bytesMoved,

        @Schema(description = "Arithmetic intensity: flops for a byte moved.")
        double intensity) {
    static TotalsDocument of(Totals totals) {
        Operations operations = totals.operations();
        return new TotalsDocument(
                operations.multiplies(),
                operations.multipliesInBounds(),
                operations.additions(),
                operations.macs(),
                totals.flops(),
                OtherDocument.of(operations.other()),
                totals.parameters(),
                totals.weightBytes(),
                totals.activationBytes(),
                totals.peakActivationBytes(),
                totals.peakStep().name(),
                totals.bytesMoved(),
                Math.round(totals.intensity() * 1000) / 1000.0);
    }
}
