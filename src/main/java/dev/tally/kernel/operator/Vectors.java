package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Workspace;

/**
 * With what products are computed.
 *
 * @param lanes floats of a vector: 4, 8 or 16; 0 for plain loops
 * @param registers how many vectors the processor keeps: 16 or 32
 * @param workspace holds what is needed on the way
 */
public record Vectors(int lanes, int registers, Workspace workspace) {
    /** A row of a tile is so many vectors. */
    static final int TOGETHER = 2;

    /** With more, all registers of 32 are taken, and the compiler finds one too few, as often as not. */
    private static final int MOST_ROWS = 13;

    /** {@return how many rows a tile has} */
    int rows() {
        return lanes == 0 ? 1 : Math.min(MOST_ROWS, (registers - 1) / TOGETHER - 1);
    }

    /** {@return how many floats a row of a tile has} */
    int columns() {
        return lanes == 0 ? 1 : TOGETHER * lanes;
    }

    /** {@return rows of zeros, as many as whole tiles need to hold so many by so many columns} */
    Panel panel(int rows, int columns) {
        // An odd number of vectors: rows that are a power of two apart fall on the same lines of the nearest cache.
        int pitch = Math.ceilDiv(columns, columns()) * columns() + lanes;
        int whole = Math.ceilDiv(rows, rows()) * rows();
        return new Panel(workspace.allocate((long) whole * pitch), pitch);
    }
}
