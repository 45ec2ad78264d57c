package dev.tally.web;

import dev.tally.description.Described;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** Reads a request's body, up to a limit, as the description of a network. */
final class DescriptionConverter extends AbstractHttpMessageConverter<Described> {
    private final DataSize limit;

    DescriptionConverter(DataSize limit) {
        super(MediaType.APPLICATION_JSON);
        this.limit = limit;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Described.class;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Described readInternal(Class<? extends Described> type, HttpInputMessage message) throws IOException {
        if (message.getHeaders().getContentLength() > limit.toBytes()) {
            throw new BodyTooLargeException(limit);
        }
        byte[] body = message.getBody().readNBytes(Math.toIntExact(limit.toBytes()) + 1);
        if (body.length > limit.toBytes()) {
            throw new BodyTooLargeException(limit);
        }
        JsonNode json = DescriptionJson.read(body);
        if (json.isMissingNode()) {
            throw new HttpMessageNotReadableException("the body is blank", message);
        }
        return DescriptionReader.read(json);
    }

    @Override
    protected void writeInternal(Described described, HttpOutputMessage message) {
        throw new UnsupportedOperationException("descriptions are read only");
    }
}
