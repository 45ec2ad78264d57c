package dev.tally.description;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects errors: each once, at most {@value #MOST}, so that no document costs more to refuse than to read. */
final class Errors {
    static final int MOST = 50;

    private final Set<DescriptionError> errors = new LinkedHashSet<>();

    void add(Pointer pointer, String layer, String detail) {
        String at = pointer.toString();
        // One mistake in a block is one error, however often the block is called.
        if (errors.stream()
                .anyMatch(error -> error.pointer().equals(at) && error.detail().equals(detail))) {
            return;
        }
        errors.add(
                new DescriptionError(detail, at, layer.length() > Values.LONGEST_NAME ? Quoted.shorten(layer) : layer));
        if (errors.size() == MOST) {
            errors.add(new DescriptionError("there may be more errors: reading stopped after " + MOST, "", ""));
            throw new InvalidDescriptionException(List.copyOf(errors));
        }
    }

    void add(InvalidValueException e, String layer) {
        add(e.pointer(), layer, e.detail());
    }

    /** {@return the value, or the other one where it is at fault, which is reported} */
    <T> T orElse(T otherwise, String layer, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValueException e) {
            add(e, layer);
            return otherwise;
        }
    }

    /** Ends the step if it found an error. */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidDescriptionException(List.copyOf(errors));
        }
    }
}
