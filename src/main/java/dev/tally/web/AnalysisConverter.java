package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.report.AnalysisCsv;
import dev.tally.report.AnalysisText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Writes an analysis as a table ({@code text/plain}) or as {@code text/csv}; JSON is Jackson's. */
final class AnalysisConverter extends AnswerConverter<AnalysisAnswer> {
    static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    AnalysisConverter() {
        super(AnalysisAnswer.class, TEXT, CSV);
    }

    /** The character set too; and what JSON says of itself, where a table has no place for it. */
    @Override
    protected void addDefaultHeaders(HttpHeaders headers, AnalysisAnswer answer, @Nullable MediaType type)
            throws IOException {
        super.addDefaultHeaders(headers, answer, CSV.isCompatibleWith(type) ? CSV : TEXT);
        headers.set("Tally-Version", answer.version());
        headers.set("Tally-Counting-Rules", Analysis.COUNTING_RULES);
        headers.set("Tally-Network-Hash", answer.analysis().network().hash());
    }

    @Override
    byte[] bytes(AnalysisAnswer answer, @Nullable MediaType form) {
        return CSV.isCompatibleWith(form)
                ? AnalysisCsv.of(answer.analysis(), answer.layers(), answer.measured(), answer.estimate())
                : AnalysisText.of(
                                answer.analysis(),
                                answer.layers(),
                                answer.verdict(),
                                answer.measured(),
                                answer.estimate())
                        .getBytes(StandardCharsets.UTF_8);
    }
}
