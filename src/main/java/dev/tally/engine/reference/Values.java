package dev.tally.engine.reference;

import dev.tally.tensor.Tensor;

/**
 * Numbers in double precision by their row-major index: the batch outermost, then the axes of a shape in their declared
 * order. They may be worked out only as they are asked for. Safe for use by several threads.
 */
@FunctionalInterface
public interface Values {
    /** {@return the number at an index, from 0 on} */
    double at(long index);

    /** {@return the numbers of a tensor, as they are when they are asked for} */
    static Values of(Tensor tensor) {
        return tensor::at;
    }

    /** {@return these numbers, as they are when they are asked for} */
    static Values of(double[] numbers) {
        return index -> numbers[Math.toIntExact(index)];
    }
}
