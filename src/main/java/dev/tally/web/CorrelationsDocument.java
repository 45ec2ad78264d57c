package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.planning.RankCorrelation;
import dev.tally.planning.TimePrediction;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether counting predicts time. */
@Schema(
        name = "Correlations",
        description = "Whether counting predicts time: how far the order by each count is the order by time.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record CorrelationsDocument(
        @Schema(
                description = "What is put in order: whole networks, or their layers, each with what is fused into it;"
                        + " layers that do the same work count once; or a sweep's candidates.",
                allowableValues = {"networks", "layers", "candidates"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        String over,

        @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
        String engine,

        @Schema(
                description = Descriptions.TIMES_FROM,
                allowableValues = {"measured", "latencies"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        String from,

        @Schema(description = "How many, at least 3.", requiredMode = Schema.RequiredMode.REQUIRED)
        int n,

        @Schema(description = "Of the multiplies with the time; absent where all have as many.") @Nullable
        CorrelationDocument multiplies,

        @Schema(description = "Of the bytes moved with the time; absent where all have as many.") @Nullable
        CorrelationDocument bytesMoved,

        @Schema(description = "Of the parameters with the time; absent where all have as many.") @Nullable
        CorrelationDocument parameters) {

    /**
     * {@return the document}
     *
     * @param over what is put in order
     * @param from where the times are from
     */
    static CorrelationsDocument of(String over, String engine, String from, TimePrediction prediction) {
        return new CorrelationsDocument(
                over,
                engine,
                from,
                prediction.n(),
                CorrelationDocument.of(prediction.multiplies()),
                CorrelationDocument.of(prediction.bytesMoved()),
                CorrelationDocument.of(prediction.parameters()));
    }

    /** The correlation of one count with the time. */
    @Schema(
            name = "RankCorrelation",
            description = "1 where the orders are the same, -1 where one is the reverse of the other.")
    record CorrelationDocument(
            @Schema(
                    description = "Spearman's rho: the correlation of the ranks, equal ones with their mean.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            double spearman,

            @Schema(
                    description = "Kendall's tau-b: pairs in the same order less pairs in the reverse one, as a part of"
                            + " those that are no ties.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            double kendall) {

        static @Nullable CorrelationDocument of(Optional<RankCorrelation> correlation) {
            return correlation
                    .map(known -> new CorrelationDocument(Digits.four(known.spearman()), Digits.four(known.kendall())))
                    .orElse(null);
        }
    }
}
