package dev.tally.tensor;

import dev.tally.network.Shape;
import java.util.List;

/**
 * How a model's tensor, or an engine's, lies in memory beside the one that the network declares, batch first in both:
 * the model's axes are those of the declared tensor in another order.
 */
public final class AxisOrder {
    private final long[] dims;
    private final long[] strides;

    /**
     * An order.
     *
     * @param shape the declared sizes without the batch
     * @param permutation of each axis of the model's tensor, its number in the declared one; 0 is the batch
     */
    public AxisOrder(int batch, Shape shape, List<Integer> permutation) {
        if (permutation.size() != shape.rank() + 1) {
            throw new IllegalArgumentException(
                    "expected an order of " + (shape.rank() + 1) + " axes, got " + permutation);
        }
        long[] declared = new long[shape.rank() + 1];
        declared[shape.rank()] = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            declared[axis] = declared[axis + 1] * shape.size(axis);
        }
        dims = new long[permutation.size()];
        strides = new long[permutation.size()];
        for (int axis = 0; axis < dims.length; axis++) {
            int at = permutation.get(axis);
            dims[axis] = at == 0 ? batch : shape.size(at - 1);
            strides[axis] = declared[at];
        }
    }

    /** A pair of row-major indices of the same element. */
    @FunctionalInterface
    public interface Element {
        /** A pair. */
        void at(long model, long declared);
    }

    /** {@return the sizes of the model's tensor} */
    public long[] dims() {
        return dims.clone();
    }

    /** {@return how many elements it has} */
    public long elements() {
        long product = 1;
        for (long dim : dims) {
            product *= dim;
        }
        return product;
    }

    /** Visits every element, in the order of the model's memory. */
    public void forEach(Element element) {
        long[] index = new long[dims.length];
        long elements = elements();
        long declared = 0;
        for (long model = 0; model < elements; model++) {
            element.at(model, declared);
            for (int axis = dims.length - 1; axis >= 0; axis--) {
                declared += strides[axis];
                if (++index[axis] < dims[axis]) {
                    break;
                }
                declared -= strides[axis] * dims[axis];
                index[axis] = 0;
            }
        }
    }
}
