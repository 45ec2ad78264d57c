package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.planning.Limit;
import dev.tally.planning.Verdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a network keeps its budget. */
@Schema(name = "BudgetVerdict", description = "Whether the network keeps the budget of the request.")
record BudgetDocument(
        @Schema(description = "Whether every limit is kept.", requiredMode = Schema.RequiredMode.REQUIRED)
        boolean passed,

        @Schema(
                description = "The limits, in the order in which they were written.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<LimitDocument> limits) {

    static BudgetDocument of(Verdict verdict) {
        return new BudgetDocument(
                verdict.passed(),
                verdict.checks().stream().map(LimitDocument::of).toList());
    }

    @Schema(name = "LimitVerdict", description = "Whether the network keeps one limit.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LimitDocument(
            @Schema(description = "The figure, by its name in \"totals\".", requiredMode = Schema.RequiredMode.REQUIRED)
            String figure,

            @Schema(description = "What it is.", requiredMode = Schema.RequiredMode.REQUIRED)
            long actual,

            @Schema(
                    description =
                            "The most that it may be; of a relative limit the change of the baseline, rounded down.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            long atMost,

            @Schema(description = "Whether it is that or less.", requiredMode = Schema.RequiredMode.REQUIRED)
            boolean passed,

            @Schema(description = "What it is of the baseline, where the limit is relative.") @Nullable
            Long baseline,

            @Schema(description = "The change as it was asked for, where the limit is relative.") @Nullable
            String change) {

        static LimitDocument of(Verdict.Check check) {
            Limit limit = check.limit();
            Limit.Basis basis = limit.basis();
            return new LimitDocument(
                    limit.figure().id(),
                    check.actual(),
                    limit.atMost(),
                    check.passed(),
                    basis == null ? null : basis.baseline(),
                    basis == null ? null : basis.change().text());
        }
    }
}
