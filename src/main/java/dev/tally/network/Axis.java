package dev.tally.network;

import java.util.OptionalInt;

/**
 * An axis of a shape, as a layer names it: the channels (where nothing is said) or a number that counts without the
 * batch, from the end where negative.
 */
public record Axis(OptionalInt number) {
    /** The channel axis, wherever the layout puts it. */
    public static final Axis CHANNELS = new Axis(OptionalInt.empty());

    /** {@return the axis with this number} */
    public static Axis of(int number) {
        return new Axis(OptionalInt.of(number));
    }

    /**
     * {@return the axis as an index into a shape}
     *
     * @throws InvalidLayerException if the shape has no such axis
     */
    public int index(Shape shape, Layout layout) {
        return index(shape, layout, "axis");
    }

    /** As {@link #index(Shape, Layout)}, for an attribute of another name. */
    int index(Shape shape, Layout layout, String attribute) {
        int rank = shape.rank();
        if (number.isEmpty()) {
            return layout.channelAxis(rank);
        }
        int axis = number.getAsInt();
        InvalidLayerException.require(
                axis >= -rank && axis < rank,
                attribute,
                () -> "an axis from " + -rank + " to " + (rank - 1) + " of " + shape,
                axis);
        return axis < 0 ? axis + rank : axis;
    }
}
