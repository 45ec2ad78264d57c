package dev.tally.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/**
 * Writes answers of one type in forms that are not JSON, which is Jackson's.
 *
 * @param <T> the type
 */
abstract class AnswerConverter<T> extends AbstractHttpMessageConverter<T> {
    private final Class<T> type;

    AnswerConverter(Class<T> type, MediaType... forms) {
        super(forms);
        this.type = type;
    }

    /** {@return the answer's bytes, in the form of a media type} */
    abstract byte[] bytes(T answer, @Nullable MediaType form);

    @Override
    protected final boolean supports(Class<?> asked) {
        return asked == type;
    }

    @Override
    public final boolean canRead(Class<?> asked, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected final T readInternal(Class<? extends T> asked, HttpInputMessage message) {
        throw new UnsupportedOperationException("answers are written only");
    }

    @Override
    protected final void writeInternal(T answer, HttpOutputMessage message) throws IOException {
        byte[] body = bytes(answer, message.getHeaders().getContentType());
        message.getHeaders().setContentLength(body.length);
        message.getBody().write(body);
    }
}
