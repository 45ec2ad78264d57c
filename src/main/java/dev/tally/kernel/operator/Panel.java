package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;

/**
 * A part of a matrix, where kernels reach it.
 *
 * @param pitch how many floats a row is from the next
 */
record Panel(Buffer buffer, int pitch) {
    void clear(int rows) {
        buffer.data().asSlice(0, (long) rows * pitch * Float.BYTES).fill((byte) 0);
    }

    /** Copies neighbours, which may be whole rows and what stands between them. */
    void read(int row, float[] into, int count) {
        read(row, 0, into, 0, count);
    }

    void read(int row, int column, float[] into, int at, int count) {
        Floats.read(buffer, (long) row * pitch + column, into, at, count);
    }

    /** Copies neighbours back. */
    void write(float[] from, int count, int row) {
        write(from, 0, count, row, 0);
    }

    void write(float[] from, int at, int count, int row, int column) {
        Floats.write(from, at, count, buffer, (long) row * pitch + column);
    }
}
