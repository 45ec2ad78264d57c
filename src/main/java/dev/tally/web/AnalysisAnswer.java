package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tally.analysis.Analysis;

/**
 * An analysis on its way out: JSON, a table or CSV, as the request asks.
 *
 * @param layers whether the layers are wanted, or the totals alone
 * @param version the service's version
 */
record AnalysisAnswer(Analysis analysis, boolean layers, String version) {
    @JsonValue
    AnalysisDocument document() {
        return AnalysisDocument.of(analysis, layers, version);
    }
}
