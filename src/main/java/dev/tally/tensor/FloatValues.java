package dev.tally.tensor;

/** Numbers by their row-major index. */
@FunctionalInterface
public interface FloatValues {
    /** {@return the number at an index, from 0 on} */
    float at(long index);
}
