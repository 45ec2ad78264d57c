package dev.tally.onnx;

import dev.tally.network.Shape;
import dev.tally.tensor.FloatValues;
import java.util.List;

/** The numbers of a tensor with its axes in another order. */
final class PermutedValues implements FloatValues {
    private final FloatValues values;
    private final long[] sizes;
    private final long[] steps;

    /**
     * The numbers of a tensor.
     *
     * @param shape the tensor's sizes
     * @param permutation for each new axis, the tensor's that it is
     */
    PermutedValues(FloatValues values, Shape shape, List<Integer> permutation) {
        int rank = permutation.size();
        this.values = values;
        this.sizes = new long[rank];
        this.steps = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            int own = permutation.get(axis);
            sizes[axis] = shape.size(own);
            steps[axis] = 1;
            for (int inner = own + 1; inner < rank; inner++) {
                steps[axis] *= shape.size(inner);
            }
        }
    }

    @Override
    public float at(long index) {
        return values.at(place(index));
    }

    /** Divides once a row instead of for each number. */
    @Override
    public void copy(long from, float[] into, int count) {
        int last = sizes.length - 1;
        int done = 0;
        while (done < count) {
            long first = from + done;
            int end = (int) Math.min(count, done + sizes[last] - first % sizes[last]);
            long place = place(first);
            while (done < end) {
                into[done] = values.at(place);
                place += steps[last];
                done++;
            }
        }
    }

    /** {@return where in the tensor the number at an index stands} */
    private long place(long index) {
        long rest = index;
        long place = 0;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            place += rest % sizes[axis] * steps[axis];
            rest /= sizes[axis];
        }
        return place;
    }
}
