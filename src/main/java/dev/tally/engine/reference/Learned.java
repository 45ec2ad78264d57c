package dev.tally.engine.reference;

import dev.tally.tensor.FloatValues;

/**
 * The numbers of a slot. As a rule they are few and asked for often, so they are looked up once; those of a norm over a
 * hundred million elements are looked up as they are asked for, and take no memory.
 */
final class Learned {
    /** The numbers of a slot that a layer does not have. */
    static final Learned NONE = new Learned(0, _ -> 0);

    private static final int MOST_HELD = 1 << 20;

    private final long count;
    private final FloatValues values;

    /** So many numbers. */
    Learned(long count, FloatValues values) {
        this.count = count;
        this.values = count <= MOST_HELD ? held((int) count, values) : values;
    }

    private static FloatValues held(int count, FloatValues values) {
        float[] held = new float[count];
        values.copy(0, held, count);
        return index -> held[(int) index];
    }

    boolean isEmpty() {
        return count == 0;
    }

    double at(long index) {
        return values.at(index);
    }
}
