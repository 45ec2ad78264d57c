package dev.tally.tensor;

/** Numbers by their row-major index. */
@FunctionalInterface
public interface FloatValues {
    /** {@return the number at an index, from 0 on} */
    float at(long index);

    /**
     * Copies the numbers from an index on into the beginning of an array. Whoever needs many asks for them so: a call
     * for each costs more than the number.
     */
    default void copy(long from, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = at(from + i);
        }
    }
}
