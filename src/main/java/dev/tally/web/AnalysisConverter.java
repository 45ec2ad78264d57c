package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.report.AnalysisCsv;
import dev.tally.report.AnalysisText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Writes an analysis as a table ({@code text/plain}) or as {@code text/csv}; JSON is Jackson's. */
final class AnalysisConverter extends AbstractHttpMessageConverter<AnalysisAnswer> {
    static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    AnalysisConverter() {
        super(TEXT, CSV);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == AnalysisAnswer.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected AnalysisAnswer readInternal(Class<? extends AnalysisAnswer> type, HttpInputMessage message) {
        throw new UnsupportedOperationException("answers are written only");
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
    protected void writeInternal(AnalysisAnswer answer, HttpOutputMessage message) throws IOException {
        boolean csv = CSV.isCompatibleWith(message.getHeaders().getContentType());
        byte[] body = csv
                ? AnalysisCsv.of(answer.analysis(), answer.layers(), answer.measured(), answer.estimate())
                : AnalysisText.of(
                                answer.analysis(),
                                answer.layers(),
                                answer.verdict(),
                                answer.measured(),
                                answer.estimate())
                        .getBytes(StandardCharsets.UTF_8);
        message.getHeaders().setContentLength(body.length);
        message.getBody().write(body);
    }
}
