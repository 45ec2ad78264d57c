package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.planning.RankCorrelation;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far counts predict times. */
@Schema(
        name = "Correlations",
        description = "How far counts put networks, layers or candidates into the order of their times: 1 is the same"
                + " order, 0 none, -1 the reverse. A count that is the same for all is absent.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record CorrelationsDocument(
        @Schema(
                description = "What is put into an order.",
                allowableValues = {"networks", "layers", "candidates"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        String over,

        @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
        String engine,

        @Schema(description = "How many there are.", requiredMode = Schema.RequiredMode.REQUIRED)
        int n,

        @Nullable RankDocument multiplies,

        @Nullable RankDocument bytesMoved,

        @Nullable RankDocument parameters) {

    /** The correlation of one count with the time. */
    @Schema(name = "RankCorrelation", description = "The correlation of the ranks by one count with those by time.")
    record RankDocument(
            @Schema(
                    description = "Spearman's rho; equal ones share their mean rank.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            double spearman,

            @Schema(description = "Kendall's tau-b.", requiredMode = Schema.RequiredMode.REQUIRED)
            double kendall) {
        static @Nullable RankDocument of(@Nullable RankCorrelation correlation) {
            return correlation == null
                    ? null
                    : new RankDocument(Digits.four(correlation.spearman()), Digits.four(correlation.kendall()));
        }
    }
}
