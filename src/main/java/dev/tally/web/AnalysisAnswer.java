package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tally.analysis.Analysis;
import dev.tally.latency.LatencyEstimate;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * An analysis on its way out: JSON, a table or CSV, as the request asks.
 *
 * @param layers whether the layers are wanted, or the totals alone
 * @param version the service's version
 * @param verdict whether the budget is kept, or null where there is none
 * @param measured what was measured, or null where nothing was
 * @param estimate what is known of its time from before, or null where that is not asked for
 */
record AnalysisAnswer(
        Analysis analysis,
        boolean layers,
        String version,
        @Nullable Verdict verdict,
        @Nullable MeasuredAnalysis measured,
        @Nullable LatencyEstimate estimate)
        implements JobAnswer {
    @Override
    @JsonValue
    public AnalysisDocument document() {
        return AnalysisDocument.of(analysis, layers, version, verdict, measured, estimate);
    }
}
