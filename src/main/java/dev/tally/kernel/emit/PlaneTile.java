package dev.tally.kernel.emit;

import dev.tally.kernel.memory.Access;

/**
 * A kernel that sums products into vectors of pixels for some channels, all of them kept in registers: in each step
 * vectors of pixels, looked up by a table of offsets, are multiplied with a packed weight of each channel.
 *
 * <p>Weights are in an array: reading a number of a segment takes the compiler so many nodes that it gave up on
 * inlining the last ones of tiles of 12 channels and more, now and then, and left them eight times slower.
 *
 * @param rows how many channels
 * @param vectors how many vectors of pixels
 * @param lanes floats of a vector
 * @param residual whether vectors that lie as the result does, from another address on, are added
 * @param rectifier what is done to a sum before it is stored
 * @param access how memory is reached
 */
public record PlaneTile(int rows, int vectors, int lanes, boolean residual, Rectifier rectifier, Access access) {
    /** Runs a tile. */
    public interface Kernel {
        /**
         * Computes a tile.
         *
         * @param pixels the address that the table's offsets begin from
         * @param from the first step
         * @param to one more than the last step
         * @param offsets in bytes, one a step
         * @param weights has the tile's numbers: what each channel's sum begins with, then its weight, step by step
         * @param first where they begin
         * @param out where the first channel's first vector goes; the next stands beside it
         * @param distance bytes from a channel to the next, below 2^32
         * @param residual where the vectors to be added begin; read only by kernels that add some
         */
        void run(
                long pixels,
                int from,
                int to,
                int[] offsets,
                float[] weights,
                int first,
                long out,
                long distance,
                long residual);
    }

    /** {@return the sums that it keeps, in vectors} */
    public int sums() {
        return rows * vectors;
    }

    /**
     * {@return how many numbers a tile has}
     *
     * @throws ArithmeticException if they are over 2^31-1
     */
    public static int numbers(int rows, int steps) {
        return Math.multiplyExact(rows, Math.addExact(steps, 1));
    }
}
