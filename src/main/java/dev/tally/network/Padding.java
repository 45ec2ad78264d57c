package dev.tally.network;

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
    }
}
