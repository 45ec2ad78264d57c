package dev.tally.kernel.emit;

import dev.tally.kernel.memory.Access;

/**
 * A kernel that sums products into {@code rows × vectors} vectors, all kept in registers: in each step one number for
 * each row, broadcast, times one vector for each column of vectors. One of the two is looked up in a table of offsets,
 * the other was packed in the order of the steps.
 *
 * @param side which of the two is looked up
 * @param rows how many numbers are broadcast in a step
 * @param vectors how many vectors each is multiplied with
 * @param pitch bytes between the rows: of what is broadcast where that is looked up ({@link Side#NUMBERS}); else of no
 *     meaning and 0
 * @param spacing how many vectors the rows of the result are apart where they hold channels ({@link Side#NUMBERS}); 1
 *     beside each other
 * @param lanes floats of a vector
 * @param residual whether numbers that lie where the result's would, from another address on, are added
 * @param rectifier what is done to a sum before it is stored
 * @param access how memory is reached
 */
public record Tile(
        Side side,
        int rows,
        int vectors,
        int pitch,
        int spacing,
        int lanes,
        boolean residual,
        Rectifier rectifier,
        Access access) {
    /** What is looked up in the table. */
    public enum Side {
        /**
         * The numbers that are broadcast; the vectors are packed. Rows are pixels, vectors hold channels: the result's
         * rows are {@code lanes} floats apart, its vectors any distance.
         */
        NUMBERS,
        /**
         * The vectors; the numbers are packed. Rows are channels, vectors hold pixels: the result's vectors are
         * {@code lanes} floats apart, its rows any distance.
         */
        VECTORS
    }

    /** Runs a tile. */
    public interface Kernel {
        /**
         * Computes a tile.
         *
         * @param looked the address that the table's offsets begin from
         * @param from the first step
         * @param to one more than the last step
         * @param offsets in bytes, one a step
         * @param packed where the packed numbers or vectors of step 0 are
         * @param bias what sums begin with: a vector for each column, or a number for each row
         * @param out where the first vector of the result goes
         * @param distance bytes from a vector of the result to the next of its row, or from a row to the next, below
         *     2^32
         * @param residual where the numbers to be added begin; read only by kernels that add some
         */
        void run(
                long looked,
                int from,
                int to,
                int[] offsets,
                long packed,
                long bias,
                long out,
                long distance,
                long residual);
    }

    /** {@return the sums that it keeps, in vectors} */
    public int sums() {
        return rows * vectors;
    }

    /** {@return bytes of packed numbers or vectors that a step takes} */
    public int packedBytes() {
        return (side == Side.NUMBERS ? vectors * lanes : rows) * Float.BYTES;
    }
}
