package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A line of the answer to a batch: an analysis or a problem, each with its line's number, or at last the summary. */
@Schema(
        name = "BatchLine",
        description =
                "A line of the answer to a batch: \"line\" with either \"analysis\" or \"problem\", in the order of"
                        + " the lines that were sent, and at last \"summary\" alone.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchLine(
        @Schema(description = "The number, from 1, of the line that is answered; blank ones count and get no answer.")
        @Nullable
        Long line,

        @Schema(description = "What the line's network costs.") @Nullable
        AnalysisDocument analysis,

        @Schema(description = "What is wrong with the line, as a single request would be told.") @Nullable
        Problem problem,

        @Schema(description = "The last line of every answer that is not cut off.") @Nullable
        BatchSummary summary) {
    static BatchLine of(long line, AnalysisDocument analysis) {
        return new BatchLine(line, analysis, null, null);
    }

    static BatchLine of(long line, Problem problem) {
        return new BatchLine(line, null, problem, null);
    }

    static BatchLine of(BatchSummary summary) {
        return new BatchLine(null, null, null, summary);
    }
}
