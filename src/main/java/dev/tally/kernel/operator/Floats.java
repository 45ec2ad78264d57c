package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Numbers on their way from native memory into arrays and back. */
final class Floats {
    /** What an array holds: a part of the nearest cache. */
    static final int CHUNK = 4096;

    private Floats() {}

    /** {@return an array of so many floats for each worker} */
    static float[][] forEachWorker(Pool pool, int floats) {
        return new float[pool.threads()][floats];
    }

    static void read(Buffer from, long first, float[] into, int count) {
        read(from, first, into, 0, count);
    }

    static void read(Buffer from, long first, float[] into, int at, int count) {
        MemorySegment.copy(from.data(), ValueLayout.JAVA_FLOAT, first * Float.BYTES, into, at, count);
    }

    static void write(float[] from, int count, Buffer into, long first) {
        write(from, 0, count, into, first);
    }

    static void write(float[] from, int at, int count, Buffer into, long first) {
        MemorySegment.copy(from, at, into.data(), ValueLayout.JAVA_FLOAT, first * Float.BYTES, count);
    }

    /** {@return into how many chunks so many floats are cut} */
    static int chunks(long floats) {
        return Math.toIntExact(Math.ceilDiv(floats, (long) CHUNK));
    }

    /** {@return how many floats a chunk has} */
    static int sizeOf(int chunk, long floats) {
        return (int) Math.min(CHUNK, floats - (long) chunk * CHUNK);
    }
}
