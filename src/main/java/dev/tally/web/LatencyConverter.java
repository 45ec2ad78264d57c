package dev.tally.web;

import dev.tally.report.LatencyCsv;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Writes a page of the latency table as {@code text/csv}; JSON is Jackson's. */
final class LatencyConverter extends AbstractHttpMessageConverter<LatenciesAnswer> {
    LatencyConverter() {
        super(AnalysisConverter.CSV);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == LatenciesAnswer.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected LatenciesAnswer readInternal(Class<? extends LatenciesAnswer> type, HttpInputMessage message) {
        throw new UnsupportedOperationException("answers are written only");
    }

    /** The character set too. */
    @Override
    protected void addDefaultHeaders(HttpHeaders headers, LatenciesAnswer answer, @Nullable MediaType type)
            throws IOException {
        super.addDefaultHeaders(headers, answer, AnalysisConverter.CSV);
    }

    @Override
    protected void writeInternal(LatenciesAnswer answer, HttpOutputMessage message) throws IOException {
        byte[] body = LatencyCsv.of(answer.latencies());
        message.getHeaders().setContentLength(body.length);
        message.getBody().write(body);
    }
}
