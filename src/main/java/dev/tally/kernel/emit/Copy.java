package dev.tally.kernel.emit;

import dev.tally.kernel.memory.Access;

/**
 * A kernel that copies the rows of a rectangle, and nothing beside them.
 *
 * @param floats of a row, at least 1; longer rows are copied in pieces of at most {@link #most}
 * @param lanes floats of the widest vectors to use
 * @param access how memory is reached
 */
public record Copy(int floats, int lanes, Access access) {
    private static final int VECTORS = 8;

    /** Runs a copy. */
    public interface Kernel {
        /**
         * Copies rows.
         *
         * @param from the address of the first row
         * @param fromDistance bytes to the next, below 2^32
         * @param to the address that it is copied to
         * @param toDistance bytes to the next, below 2^32
         * @param rows how many
         */
        void run(long from, long fromDistance, long to, long toDistance, int rows);
    }

    /** {@return the longest row that a kernel copies with vectors of so many lanes} */
    public static int most(int lanes) {
        return VECTORS * lanes;
    }
}
