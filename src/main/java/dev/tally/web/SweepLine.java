package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.latency.Conditions;
import dev.tally.planning.Verdict;
import dev.tally.planning.sweep.Candidate.Counted;
import dev.tally.planning.sweep.Candidate.Time;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of the answer to a sweep. */
@Schema(
        name = "SweepLine",
        description = "A line of the answer to a sweep: first \"sweep\" alone; then a \"candidate\" a line with its"
                + " \"parameters\", and either \"totals\" or \"problem\", in the sweep's order; where only some are kept,"
                + " \"progress\" alone now and then before them; and at last \"summary\" alone.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SweepLine(
        @Schema(description = "What is to come: the first line.") @Nullable
        SweepHeadDocument sweep,

        @Schema(description = "The candidate's number in the sweep, from 1.") @Nullable
        Long candidate,

        @Schema(description = "The values of the parameters.") @Nullable
        Map<String, Long> parameters,

        @Schema(description = "What tells the network from others, as in an analysis.") @Nullable
        String networkHash,

        @Schema(description = "What the network costs.") @Nullable
        TotalsDocument totals,

        @Schema(description = "Whether it keeps the budget; absent where the sweep has none.") @Nullable
        BudgetDocument budget,

        @Schema(description = "Its time by the latency table; absent where the sweep has no estimate.") @Nullable
        TimeDocument estimate,

        @Schema(description = "Why it is no network, as a single request would be told.") @Nullable
        Problem problem,

        @Schema(description = "How far the sweep is, where only some candidates are kept.") @Nullable
        ProgressDocument progress,

        @Schema(description = "The last line of every answer that is not cut off.") @Nullable
        SweepSummaryDocument summary) {

    /** What is to come. */
    @Schema(name = "SweepHead", description = "What the sweep is: the first line of its answer.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SweepHeadDocument(
            @Schema(
                    description = "The version of the service that counts.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String version,

            @Schema(
                    description = "The version of the rules by which is counted.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String countingRules,

            @Schema(description = "How many candidates there are.", requiredMode = Schema.RequiredMode.REQUIRED)
            long candidates,

            @Schema(description = "Whose times are added up; absent where the sweep has no estimate.") @Nullable
            ConditionsDocument estimate) {}

    /** Whose times are added up. */
    @Schema(name = "SweepTimesOf", description = "What the times of a sweep were measured with.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConditionsDocument(
            @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
            String engine,

            @Schema(description = Descriptions.PRECISION, requiredMode = Schema.RequiredMode.REQUIRED)
            String precision,

            @Schema(description = Descriptions.THREADS, requiredMode = Schema.RequiredMode.REQUIRED)
            int threads,

            @Schema(description = Descriptions.HOST, requiredMode = Schema.RequiredMode.REQUIRED)
            String host,

            @Schema(description = Descriptions.DEVICE) @Nullable
            String device) {
        static ConditionsDocument of(Conditions conditions) {
            return new ConditionsDocument(
                    conditions.engine(),
                    conditions.precision(),
                    conditions.threads(),
                    conditions.host(),
                    LatencyDocument.unlessEmpty(conditions.device()));
        }
    }

    /** The time of a candidate. */
    @Schema(name = "SweepTime", description = "A candidate's time by the latency table.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TimeDocument(
            @Schema(description = "Its time; absent where a layer is missing in the table.") @Nullable
            Double estimatedMillis,

            @Schema(description = "The sum of the layers that were found.", requiredMode = Schema.RequiredMode.REQUIRED)
            double foundMillis,

            @Schema(description = "How many layers are missing.", requiredMode = Schema.RequiredMode.REQUIRED)
            int missing) {
        static TimeDocument of(Time time) {
            double found = Digits.millis(time.nanos());
            return new TimeDocument(time.complete() ? found : null, found, time.missing());
        }
    }

    /** How far it is. */
    @Schema(name = "SweepProgress", description = "How far a sweep is that keeps some candidates.")
    record ProgressDocument(
            @Schema(description = "How many candidates are counted.", requiredMode = Schema.RequiredMode.REQUIRED)
            long done,

            @Schema(description = "How many there are.", requiredMode = Schema.RequiredMode.REQUIRED)
            long of) {}

    static SweepLine of(SweepHeadDocument head) {
        return new SweepLine(head, null, null, null, null, null, null, null, null, null);
    }

    static SweepLine of(Counted counted) {
        Verdict verdict = counted.verdict();
        Time time = counted.time();
        return new SweepLine(
                null,
                counted.number(),
                counted.parameters(),
                counted.network().hash(),
                TotalsDocument.of(counted.totals()),
                verdict == null ? null : BudgetDocument.of(verdict),
                time == null ? null : TimeDocument.of(time),
                null,
                null,
                null);
    }

    static SweepLine of(long number, Map<String, Long> parameters, Problem problem) {
        return new SweepLine(null, number, parameters, null, null, null, null, problem, null, null);
    }

    static SweepLine of(ProgressDocument progress) {
        return new SweepLine(null, null, null, null, null, null, null, null, progress, null);
    }

    static SweepLine of(SweepSummaryDocument summary) {
        return new SweepLine(null, null, null, null, null, null, null, null, null, summary);
    }
}
