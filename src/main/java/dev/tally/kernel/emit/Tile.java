package dev.tally.kernel.emit;

import dev.tally.kernel.memory.Access;

/**
 * A kernel that sums products into vectors of channels for some pixels, all of them kept in registers: in each step a
 * number of each pixel, looked up by a table of offsets, is broadcast and multiplied with vectors of packed weights.
 *
 * @param rows how many pixels
 * @param vectors how many vectors of channels
 * @param pitch bytes from a pixel's number to the next pixel's
 * @param spacing how many vectors the pixels of the result are apart; 1 beside each other
 * @param lanes floats of a vector
 * @param residual whether vectors that lie as the result does, from another address on, are added
 * @param rectifier what is done to a sum before it is stored
 * @param access how memory is reached
 */
public record Tile(
        int rows,
        int vectors,
        int pitch,
        int spacing,
        int lanes,
        boolean residual,
        Rectifier rectifier,
        Access access) {
    /** Runs a tile. */
    public interface Kernel {
        /**
         * Computes a tile.
         *
         * @param numbers the address that the table's offsets begin from
         * @param from the first step
         * @param to one more than the last step
         * @param offsets in bytes, one a step
         * @param weights where the packed vectors of step 0 are, those of the next step behind each
         * @param weightsDistance bytes from a step's vector to its next, below 2^32
         * @param bias the vectors that sums begin with
         * @param out where the first pixel's first vector goes
         * @param distance bytes from a pixel's vector to its next, below 2^32
         * @param residual where the vectors to be added begin; read only by kernels that add some
         * @param residualDistance bytes from a pixel's vector to be added to its next, below 2^32
         */
        void run(
                long numbers,
                int from,
                int to,
                int[] offsets,
                long weights,
                long weightsDistance,
                long bias,
                long out,
                long distance,
                long residual,
                long residualDistance);
    }

    /** {@return the sums that it keeps, in vectors} */
    public int sums() {
        return rows * vectors;
    }
}
