package dev.tally.web;

import dev.tally.description.DescriptionJson;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/**
 * Reads a request's body, up to a limit, as the description of a network and what stands beside it.
 *
 * @param <T> what is asked for
 */
final class DescriptionConverter<T> extends AbstractHttpMessageConverter<T> {

    /** What is expanded takes memory, and more of it at once is no quicker: the cores are busy. */
    private static final Semaphore EXPANDING =
            new Semaphore(2 * Runtime.getRuntime().availableProcessors());

    private final Class<T> asked;
    private final DataSize limit;
    private final Function<JsonNode, T> reader;

    DescriptionConverter(Class<T> asked, DataSize limit, Function<JsonNode, T> reader) {
        super(MediaType.APPLICATION_JSON);
        this.asked = asked;
        this.limit = limit;
        this.reader = reader;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == asked;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected T readInternal(Class<? extends T> type, HttpInputMessage message) throws IOException {
        if (message.getHeaders().getContentLength() > limit.toBytes()) {
            throw new BodyTooLargeException("the body", limit);
        }
        byte[] body = message.getBody().readNBytes(Math.toIntExact(limit.toBytes()) + 1);
        if (body.length > limit.toBytes()) {
            throw new BodyTooLargeException("the body", limit);
        }
        EXPANDING.acquireUninterruptibly();
        try {
            JsonNode json = DescriptionJson.read(body);
            if (json.isMissingNode()) {
                throw new HttpMessageNotReadableException("the body is blank", message);
            }
            return reader.apply(json);
        } finally {
            EXPANDING.release();
        }
    }

    @Override
    protected void writeInternal(T request, HttpOutputMessage message) {
        throw new UnsupportedOperationException("descriptions are read only");
    }
}
