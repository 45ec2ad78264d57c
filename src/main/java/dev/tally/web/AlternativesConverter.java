package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.report.AlternativesCsv;
import dev.tally.report.AlternativesText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Writes alternatives as tables ({@code text/plain}) or as {@code text/csv}; JSON is Jackson's. */
final class AlternativesConverter extends AnswerConverter<AlternativesAnswer> {
    AlternativesConverter() {
        super(AlternativesAnswer.class, AnalysisConverter.TEXT, AnalysisConverter.CSV);
    }

    /** As of an analysis. */
    @Override
    protected void addDefaultHeaders(HttpHeaders headers, AlternativesAnswer answer, @Nullable MediaType type)
            throws IOException {
        boolean csv = AnalysisConverter.CSV.isCompatibleWith(type);
        super.addDefaultHeaders(headers, answer, csv ? AnalysisConverter.CSV : AnalysisConverter.TEXT);
        headers.set("Tally-Version", answer.version());
        headers.set("Tally-Counting-Rules", Analysis.COUNTING_RULES);
        headers.set("Tally-Network-Hash", answer.plan().network().hash());
    }

    @Override
    byte[] bytes(AlternativesAnswer answer, @Nullable MediaType form) {
        return AnalysisConverter.CSV.isCompatibleWith(form)
                ? AlternativesCsv.of(answer.plan(), answer.designs())
                : AlternativesText.of(answer.plan(), answer.designs()).getBytes(StandardCharsets.UTF_8);
    }
}
