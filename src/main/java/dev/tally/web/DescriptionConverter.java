package dev.tally.web;

import dev.tally.description.DescriptionJson;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** Reads a request's body, up to a limit, as the description of a network and what stands beside it. */
final class DescriptionConverter extends AbstractHttpMessageConverter<AnalysisRequest> {
    private final DataSize limit;
    private final MeasureReader measure;

    /** What is expanded takes memory, and more of it at once is no quicker: the cores are busy. */
    private final Semaphore expanding = new Semaphore(2 * Runtime.getRuntime().availableProcessors());

    DescriptionConverter(DataSize limit, MeasureReader measure) {
        super(MediaType.APPLICATION_JSON);
        this.measure = measure;
        this.limit = limit;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == AnalysisRequest.class;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected AnalysisRequest readInternal(Class<? extends AnalysisRequest> type, HttpInputMessage message)
            throws IOException {
        if (message.getHeaders().getContentLength() > limit.toBytes()) {
            throw new BodyTooLargeException("the body", limit);
        }
        byte[] body = message.getBody().readNBytes(Math.toIntExact(limit.toBytes()) + 1);
        if (body.length > limit.toBytes()) {
            throw new BodyTooLargeException("the body", limit);
        }
        expanding.acquireUninterruptibly();
        try {
            JsonNode json = DescriptionJson.read(body);
            if (json.isMissingNode()) {
                throw new HttpMessageNotReadableException("the body is blank", message);
            }
            return AnalysisRequest.of(json, measure);
        } finally {
            expanding.release();
        }
    }

    @Override
    protected void writeInternal(AnalysisRequest request, HttpOutputMessage message) {
        throw new UnsupportedOperationException("descriptions are read only");
    }
}
