package dev.tally.engine.reference;

import dev.tally.network.Shape;
import java.util.function.LongConsumer;

/** The places of a batch of tensors of one shape: coordinate 0 is the sample, the others are the shape's axes. */
final class Grid {
    private final int[] sizes;
    private final long[] strides;

    Grid(int batch, Shape shape) {
        sizes = new int[shape.rank() + 1];
        strides = new long[sizes.length];
        sizes[0] = batch;
        long stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            if (axis > 0) {
                sizes[axis] = shape.size(axis - 1);
            }
            strides[axis] = stride;
            stride *= sizes[axis];
        }
    }

    /** {@return the coordinate that an axis of the shape is} */
    static int axis(int axisOfShape) {
        return axisOfShape + 1;
    }

    /** {@return how many coordinates there are} */
    int rank() {
        return sizes.length;
    }

    int size(int axis) {
        return sizes[axis];
    }

    /** {@return how far neighbours along an axis are apart} */
    long stride(int axis) {
        return strides[axis];
    }

    /** {@return a place along one axis} */
    int coordinate(long index, int axis) {
        return (int) (index / strides[axis] % sizes[axis]);
    }

    /** {@return a place along each axis} */
    int[] coordinates(long index) {
        int[] coordinates = new int[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            coordinates[axis] = (int) (index / strides[axis]);
            index %= strides[axis];
        }
        return coordinates;
    }

    long index(int[] coordinates) {
        long index = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            index += coordinates[axis] * strides[axis];
        }
        return index;
    }

    /**
     * {@return the index of a place in a larger grid once this one is stretched to it: aligned at the last axis, the
     * samples apart, axes of size 1 repeated}
     *
     * @param coordinates the sample, then a place along at least as many axes as this grid has
     */
    long stretched(int[] coordinates) {
        long index = coordinates[0] * strides[0];
        int missing = coordinates.length - sizes.length;
        for (int axis = 1; axis < sizes.length; axis++) {
            index += sizes[axis] == 1 ? 0 : coordinates[axis + missing] * strides[axis];
        }
        return index;
    }

    /** Goes through the indices of a box, the last axis fastest. */
    void each(int[] from, int[] to, LongConsumer visit) {
        int[] at = from.clone();
        long index = index(at);
        int axis = 0;
        while (axis >= 0) {
            visit.accept(index);
            axis = at.length - 1;
            while (axis >= 0 && at[axis] + 1 == to[axis]) {
                index -= (at[axis] - from[axis]) * strides[axis];
                at[axis] = from[axis];
                axis--;
            }
            if (axis >= 0) {
                at[axis]++;
                index += strides[axis];
            }
        }
    }
}
