package dev.tally.network;

import java.util.List;

/**
 * The elements moved along one axis, those that leave at an end coming in at the other (NumPy roll).
 *
 * @param axis the axis, the channels by default
 * @param shift by how many elements, towards the start where negative
 */
public record Roll(Axis axis, int shift) implements Rearranging {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        axis.index(inputs.getFirst(), layout);
        return inputs.getFirst();
    }
}
