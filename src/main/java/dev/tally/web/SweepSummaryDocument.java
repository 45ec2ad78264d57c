package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.network.LayerKey;
import dev.tally.planning.sweep.Criterion;
import dev.tally.planning.sweep.Kept;
import dev.tally.planning.sweep.KnownSteps;
import dev.tally.planning.sweep.SweepSummary;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last line of the answer to a sweep. */
@Schema(
        name = "SweepSummary",
        description = "The last line of the answer to a sweep. Where it is missing the answer is cut off.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SweepSummaryDocument(
        @Schema(
                description = "How many candidates were answered, or looked at.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        long candidates,

        @Schema(description = "Those that were counted.", requiredMode = Schema.RequiredMode.REQUIRED)
        long counted,

        @Schema(
                description = "Those that are no networks, or whose counts are over 2^63-1.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        long problems,

        @Schema(description = "Those that keep the budget; absent where the sweep has none.") @Nullable
        Long passed,

        @Schema(description = "Those that were kept; absent where all were wanted.") @Nullable
        Long kept,

        @Schema(description = "How many more were on the front than are kept at most; absent where none was.") @Nullable
        Long leftOut,

        @Schema(
                description = "The least of each figure, and the first candidate that has it, of all that were counted,"
                        + " by the figure's name in \"totals\", or estimatedMillis.")
        Map<String, LeastDocument> least,

        @Schema(
                description =
                        "Those of which the time of every layer is known; absent where the sweep has no estimate.")
        @Nullable
        Long estimated,

        @Schema(description = "The distinct layers whose times are not known; absent where the sweep has no estimate.")
        @Nullable
        MissingDocument missing,

        @Schema(
                description = "How far counts put the candidates into the order of their times; absent where fewer than"
                        + " three have one.")
        @Nullable
        List<CorrelationsDocument> correlations,

        @Schema(description = "Whether all candidates were looked at.", requiredMode = Schema.RequiredMode.REQUIRED)
        boolean complete,

        @Schema(description = "Why not all were; absent where they were.") @Nullable
        String reason) {
    /**
     * {@return what is said of a sweep}
     *
     * @param done how many candidates were looked at
     * @param budget whether it has one
     * @param kept those that are kept; null where all are wanted
     * @param engine whose times were added up, and {@code steps} what is known of those; null where times were not
     *     asked for
     * @param reason why it ended before its end, or null
     */
    static SweepSummaryDocument of(
            SweepSummary summary,
            long done,
            boolean budget,
            @Nullable Kept kept,
            @Nullable String engine,
            @Nullable KnownSteps steps,
            @Nullable String reason) {
        return new SweepSummaryDocument(
                done,
                summary.counted(),
                summary.faulty(),
                budget ? summary.passed() : null,
                kept == null ? null : (Long) (long) kept.texts().size(),
                kept == null || kept.leftOut() == 0 ? null : (Long) kept.leftOut(),
                least(summary),
                steps == null ? null : (Long) summary.timed(),
                steps == null ? null : MissingDocument.of(steps),
                engine == null ? null : correlations(summary, engine),
                reason == null,
                reason);
    }

    private static Map<String, LeastDocument> least(SweepSummary summary) {
        Map<String, LeastDocument> least = new LinkedHashMap<>();
        summary.least().forEach((figure, of) -> least.put(figure.id(), new LeastDocument(of.number(), of.value())));
        SweepSummary.Least<Double> nanos = summary.leastNanos();
        if (nanos != null) {
            least.put(Criterion.TIME.id(), new LeastDocument(nanos.number(), Digits.millis(nanos.value())));
        }
        return least;
    }

    private static @Nullable List<CorrelationsDocument> correlations(SweepSummary summary, String engine) {
        return summary.prediction()
                .map(prediction ->
                        List.of(CorrelationsDocument.of("candidates", engine, EstimateReader.LATENCIES, prediction)))
                .orElse(null);
    }

    /** The least of a figure. */
    @Schema(name = "SweepLeast", description = "The least of a figure, and who has it.")
    record LeastDocument(
            @Schema(description = "The candidate's number.", requiredMode = Schema.RequiredMode.REQUIRED)
            long candidate,

            @Schema(description = "The figure: a count, or milliseconds.", requiredMode = Schema.RequiredMode.REQUIRED)
            Number value) {}

    /** What is not known. */
    @Schema(
            name = "SweepMissing",
            description = "The distinct layers of a sweep whose times are not in the latency table: POST"
                    + " /v1/sweeps/measurements, with the same sweep, has them measured.")
    record MissingDocument(
            @Schema(description = "How many there are.", requiredMode = Schema.RequiredMode.REQUIRED)
            int layers,

            @Schema(
                    description = "Whether there are more, which were not counted.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            boolean more,

            @Schema(
                    description = "Their keys in the latency table, the first hundred.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            List<String> keys) {
        private static final int MOST_NAMED = 100;

        static MissingDocument of(KnownSteps steps) {
            Map<LayerKey, ?> missing = steps.missing();
            return new MissingDocument(
                    missing.size(),
                    steps.moreMissing(),
                    missing.keySet().stream()
                            .limit(MOST_NAMED)
                            .map(LayerKey::text)
                            .toList());
        }
    }
}
