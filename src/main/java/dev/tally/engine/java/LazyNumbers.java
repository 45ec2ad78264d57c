package dev.tally.engine.java;

import dev.tally.kernel.memory.Numbers;
import dev.tally.tensor.FloatValues;

/** What a layer stores, read in chunks when it is asked for: mostly in order, by one thread. */
final class LazyNumbers implements Numbers {
    private static final int CHUNK = 1 << 14;

    private final FloatValues values;
    private final long count;
    private final float[] chunk = new float[CHUNK];
    private long first = -1;

    LazyNumbers(FloatValues values, long count) {
        this.values = values;
        this.count = count;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public float get(long index) {
        long begin = index / CHUNK * CHUNK;
        if (begin != first) {
            values.copy(begin, chunk, (int) Math.min(CHUNK, count - begin));
            first = begin;
        }
        return chunk[(int) (index - begin)];
    }
}
