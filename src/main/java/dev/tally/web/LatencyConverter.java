package dev.tally.web;

import dev.tally.report.LatencyCsv;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Writes a page of the latency table as {@code text/csv}; JSON is Jackson's. */
final class LatencyConverter extends AnswerConverter<LatenciesAnswer> {
    LatencyConverter() {
        super(LatenciesAnswer.class, AnalysisConverter.CSV);
    }

    /** The character set too. */
    @Override
    protected void addDefaultHeaders(HttpHeaders headers, LatenciesAnswer answer, @Nullable MediaType type)
            throws IOException {
        super.addDefaultHeaders(headers, answer, AnalysisConverter.CSV);
    }

    @Override
    byte[] bytes(LatenciesAnswer answer, @Nullable MediaType form) {
        return LatencyCsv.of(answer.latencies());
    }
}
