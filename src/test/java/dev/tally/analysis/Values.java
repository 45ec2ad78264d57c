package dev.tally.analysis;

import dev.tally.network.Shape;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** A tensor of real numbers. */
final class Values {
    private final Shape shape;
    private final double[] numbers;

    private Values(Shape shape, double[] numbers) {
        this.shape = shape;
        this.numbers = numbers;
    }

    /** {@return a tensor of this shape, each element worked out from where it stands} */
    static Values made(Shape shape, ToDoubleFunction<int[]> element) {
        Values values = new Values(shape, new double[(int) shape.elements()]);
        each(sizes(shape), index -> values.numbers[values.place(index)] = element.applyAsDouble(index));
        return values;
    }

    /** {@return numbers between -1 and 1, none of them near 0} */
    static Values drawn(Shape shape, Random random) {
        return made(shape, _ -> (random.nextBoolean() ? 1 : -1) * (0.1 + 0.9 * random.nextDouble()));
    }

    /** Goes through all indices, the last axis fastest. */
    static void each(int[] sizes, Consumer<int[]> visit) {
        int[] index = new int[sizes.length];
        int axis = 0;
        while (axis >= 0) {
            visit.accept(index);
            axis = sizes.length - 1;
            while (axis >= 0 && ++index[axis] == sizes[axis]) {
                index[axis--] = 0;
            }
        }
    }

    static int[] sizes(Shape shape) {
        return shape.sizes().stream().mapToInt(Integer::intValue).toArray();
    }

    Shape shape() {
        return shape;
    }

    /** {@return the elements in order, the last axis fastest} */
    double[] numbers() {
        return numbers;
    }

    /** {@return the same elements under another shape} */
    Values as(Shape other) {
        return new Values(other, numbers);
    }

    double at(int... index) {
        return numbers[place(index)];
    }

    /** {@return the element there, or, beyond an end of an axis, what stands outside} */
    double at(int[] index, double outside) {
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape.size(axis)) {
                return outside;
            }
        }
        return numbers[place(index)];
    }

    /** {@return the element that stands there once this is stretched: aligned at the last axis, sizes of 1 repeated} */
    double stretched(int[] index) {
        int[] own = new int[shape.rank()];
        for (int axis = 0; axis < own.length; axis++) {
            own[axis] = shape.size(axis) == 1 ? 0 : index[index.length - own.length + axis];
        }
        return at(own);
    }

    private int place(int[] index) {
        int place = 0;
        for (int axis = 0; axis < index.length; axis++) {
            place = place * shape.size(axis) + index[axis];
        }
        return place;
    }
}
