package dev.tally.web;

import dev.tally.planning.alternative.Figures;
import io.swagger.v3.oas.annotations.media.Schema;

/** What a part of a network, or all of it, costs. */
@Schema(name = "Cost", description = "What a part of a network, or all of it, costs.")
record CostDocument(
        @Schema(description = Descriptions.MULTIPLIES, requiredMode = Schema.RequiredMode.REQUIRED)
        long multiplies,

        @Schema(description = Descriptions.MACS, requiredMode = Schema.RequiredMode.REQUIRED)
        long macs,

        @Schema(description = Descriptions.PARAMETERS, requiredMode = Schema.RequiredMode.REQUIRED)
        long parameters,

        @Schema(description = Descriptions.WEIGHT_BYTES, requiredMode = Schema.RequiredMode.REQUIRED)
        long weightBytes,

        @Schema(
                description = "The most bytes of activations alive at once; weights and workspace excluded.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        long peakActivationBytes,

        @Schema(description = Descriptions.BYTES_MOVED, requiredMode = Schema.RequiredMode.REQUIRED)
        long bytesMoved) {
    static CostDocument of(Figures figures) {
        return new CostDocument(
                figures.multiplies(),
                figures.macs(),
                figures.parameters(),
                figures.weightBytes(),
                figures.peakActivationBytes(),
                figures.bytesMoved());
    }
}
