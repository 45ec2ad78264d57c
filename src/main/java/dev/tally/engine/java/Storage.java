package dev.tally.engine.java;

import dev.tally.network.Layout;
import dev.tally.network.Shape;
import dev.tally.tensor.AxisOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * How tensors lie in buffers: the batch, the channels, then the other axes in their order, whichever place the network
 * gives to the channels.
 *
 * @param batch how many samples there are
 * @param layout where the channels stand in shapes
 */
record Storage(int batch, Layout layout) {
    /** {@return of each axis as it lies, the batch apart, its number in a shape of this rank} */
    List<Integer> axes(int rank) {
        List<Integer> axes = new ArrayList<>(rank);
        axes.add(layout.channelAxis(rank));
        for (int axis = 0; axis < rank; axis++) {
            if (axis != layout.channelAxis(rank)) {
                axes.add(axis);
            }
        }
        return axes;
    }

    /** {@return the same, for tensors outside of this engine; the batch is 0 there} */
    AxisOrder order(Shape shape) {
        List<Integer> permutation = new ArrayList<>(shape.rank() + 1);
        permutation.add(0);
        axes(shape.rank()).forEach(axis -> permutation.add(axis + 1));
        return new AxisOrder(batch, shape, permutation);
    }

    /** {@return how many elements a tensor of a shape has, all samples together} */
    long elements(Shape shape) {
        return batch * shape.elements();
    }

    /** {@return how far neighbours along each axis of a shape are apart, by the axis' number in the shape} */
    long[] strides(Shape shape) {
        long[] strides = new long[shape.rank()];
        long stride = 1;
        List<Integer> axes = axes(shape.rank());
        for (int axis : axes.reversed()) {
            strides[axis] = stride;
            stride *= shape.size(axis);
        }
        return strides;
    }

    /** {@return whether elements lie in the order in which the shape counts them} */
    boolean declared(Shape shape) {
        long[] strides = strides(shape);
        long stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            if (shape.size(axis) > 1 && strides[axis] != stride) {
                return false;
            }
            stride *= shape.size(axis);
        }
        return true;
    }

    /** {@return the product of the axes that lie outside of one, the batch among them} */
    long outside(Shape shape, int axis) {
        return elements(shape) / strides(shape)[axis] / shape.size(axis);
    }

    int channels(Shape shape) {
        return layout.channels(shape);
    }

    /** {@return elements of a channel of one sample} */
    long plane(Shape shape) {
        return shape.elements() / layout.channels(shape);
    }

    /** {@return the sizes of the three spatial axes; those that are not there are outermost and 1} */
    int[] spatial(Shape shape) {
        int[] sizes = {1, 1, 1};
        int axes = shape.rank() - 1;
        for (int i = 0; i < axes; i++) {
            sizes[sizes.length - axes + i] = layout.spatial(shape, i);
        }
        return sizes;
    }
}
