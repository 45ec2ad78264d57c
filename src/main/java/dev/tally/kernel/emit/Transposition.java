package dev.tally.kernel.emit;

import dev.tally.kernel.memory.Access;

/**
 * A kernel that transposes squares of {@code lanes × lanes} floats, one after the other.
 *
 * @param lanes rows and columns of a square
 * @param rowsRead how many rows there are; the others count as zeros
 * @param rowsWritten how many rows of the result are written
 * @param access how memory is reached
 */
public record Transposition(int lanes, int rowsRead, int rowsWritten, Access access) {
    /** Runs a transposition. */
    public interface Kernel {
        /**
         * Transposes squares.
         *
         * @param from the address of the first square's first row
         * @param fromDistance bytes from a row to the next, below 2^32
         * @param fromStep bytes from a square to the next
         * @param to where the first row of its transpose goes
         * @param toDistance bytes from a row to the next there, below 2^32
         * @param toStep bytes from a square to the next there
         * @param squares how many
         */
        void run(long from, long fromDistance, long fromStep, long to, long toDistance, long toStep, int squares);
    }
}
