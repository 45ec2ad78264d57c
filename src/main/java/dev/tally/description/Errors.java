package dev.tally.description;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects errors: each once, at most {@value #MOST}, so that no document costs more to refuse than to read. */
public final class Errors {
    static final int MOST = 50;

    private final Set<DescriptionError> errors = new LinkedHashSet<>();

    /**
     * Adds an error.
     *
     * @param layer the name of the layer concerned, or empty
     * @param detail what was expected and what came
     * @throws InvalidDescriptionException with all of them, if they are enough
     */
    public void add(Pointer pointer, String layer, String detail) {
        add(pointer.toString(), layer, detail);
    }

    private void add(String at, String layer, String detail) {
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

    /**
     * {@return what another reader makes of a part of the document, or null where it finds errors, which are added}
     *
     * @param at where the part stands
     */
    public <T> @Nullable T orNull(Pointer at, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidDescriptionException e) {
            e.errors().forEach(error -> add(at + error.pointer(), error.layer(), error.detail()));
            return null;
        }
    }

    /** Ends the step if it found an error. */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidDescriptionException(List.copyOf(errors));
        }
    }
}
