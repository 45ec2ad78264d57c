package dev.tally.description;

import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document. Cheap to extend, written out as a JSON pointer (RFC 6901) only when asked; then a segment
 * that is longer than any name may be is shortened.
 */
public record Pointer(@Nullable Pointer parent, String segment) {
    /** The whole document. */
    public static final Pointer ROOT = new Pointer(null, "");

    /** {@return the place of a property of the object here} */
    public Pointer at(String property) {
        return new Pointer(this, property);
    }

    /** {@return the place of an element of what stands here} */
    public Pointer at(int index) {
        return new Pointer(this, Integer.toString(index));
    }

    /** {@return the pointer: empty for the whole document} */
    @Override
    public String toString() {
        return parent == null
                ? ""
                : parent + "/"
                        + Quoted.shorten(segment, Values.LONGEST_NAME)
                                .replace("~", "~0")
                                .replace("/", "~1");
    }
}
