package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;
import java.util.OptionalInt;

/**
 * Some of the elements along one axis, {@code start}, {@code start + step}, … below {@code end} (ONNX Slice).
 *
 * @param axis the axis, the channels by default
 * @param start the first element, counted from the end where negative
 * @param end the element before which it ends, counted from the end where negative; the axis' end where empty
 * @param step the distance between neighbouring elements, at least 1
 */
public record Slice(Axis axis, int start, OptionalInt end, int step) implements Rearranging {
    public Slice {
        requirePositive("step", step);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int along = axis.index(input, layout);
        int size = input.size(along);
        int first = first(size);
        int last = end.isEmpty() ? size : end.getAsInt() < 0 ? end.getAsInt() + size : end.getAsInt();
        require(first >= 0 && first < size, "start", () -> "an element from " + -size + " to " + (size - 1), start);
        require(
                last > first && last <= size,
                "end",
                () -> "an element after the start, " + first + ", and up to " + size,
                end.orElse(last));
        return input.with(along, Math.ceilDiv(last - first, step));
    }

    /** {@return the first element of an axis of this size, counted from 0} */
    public int first(int size) {
        return start < 0 ? start + size : start;
    }
}
