package dev.tally.description;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every error that was found in a description. It carries no stack trace: it is an answer to a user. */
public final class InvalidDescriptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<DescriptionError> errors;

    public InvalidDescriptionException(List<DescriptionError> errors) {
        super(errors.stream()
                .map(error -> error.pointer() + ": " + error.detail())
                .collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** {@return the errors, at least one} */
    public List<DescriptionError> errors() {
        return errors;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // no trace to guard
    public @Nullable Throwable fillInStackTrace() {
        return this;
    }
}
