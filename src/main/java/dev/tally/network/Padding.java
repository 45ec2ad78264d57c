package dev.tally.network;

import java.util.List;

/** How one axis is padded before a window slides over it. */
public sealed interface Padding {
    /** No padding. */
    Padding VALID = new Explicit(0, 0);

    /** Output size {@code ceil(input / stride)}, the odd element at the end (TensorFlow's SAME, ONNX's SAME_UPPER). */
    Padding SAME = new Same(false);

    /** As {@link #SAME}, the odd element at the start (ONNX's SAME_LOWER). */
    Padding SAME_LOWER = new Same(true);

    /**
     * As many elements as make the output {@code ceil(input / stride)}.
     *
     * @param oddAtStart whether an odd total puts its larger half before the input
     */
    record Same(boolean oddAtStart) implements Padding {}

    /** Fixed numbers of elements before and after the input. */
    record Explicit(int before, int after) implements Padding {
        public Explicit {
            InvalidLayerException.require(before >= 0, "padding", "an integer of at least 0", before);
            InvalidLayerException.require(after >= 0, "padding", "an integer of at least 0", after);
        }

        /**
         * {@return the entry for a spatial axis, where one was given for each of them or one for all}
         *
         * @param attribute where they were given, for the error
         */
        static Explicit of(List<Explicit> given, int axis, int axes, String attribute) {
            InvalidLayerException.require(
                    given.size() == 1 || given.size() == axes,
                    attribute,
                    () -> "one value or " + axes + ", one per spatial axis",
                    given.size());
            return of(given, axis, axes);
        }

        /** {@return the entry for a spatial axis, of a list that a layer accepted} */
        public static Explicit of(List<Explicit> given, int axis, int axes) {
            return given.size() == axes ? given.get(axis) : given.getFirst();
        }
    }
}
