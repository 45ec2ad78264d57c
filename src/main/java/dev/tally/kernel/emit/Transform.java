package dev.tally.kernel.emit;

import dev.tally.kernel.memory.Access;

/**
 * A kernel that multiplies a constant matrix with vectors, each element of the vectors by itself, over and over.
 *
 * @param matrix the matrix
 * @param lanes floats of a vector
 * @param bias whether a vector is added to each result
 * @param residual whether vectors that lie as the results do, from another address on, are added
 * @param rectifier what is done to a result before it is stored
 * @param access how memory is reached
 */
public record Transform(Matrix matrix, int lanes, boolean bias, boolean residual, Rectifier rectifier, Access access) {
    /**
     * {@return how many multiplications and additions its kernel does for one element of the vectors of one time}
     * Additions that rows or columns share count once, a bias counts, a rectifier does not.
     */
    public long flops() {
        return TransformEmitter.flops(this);
    }

    /** Runs a transform. */
    public interface Kernel {
        /**
         * Transforms vectors, as many as the matrix has columns, into as many as it has rows; so often in a line, and
         * so many lines.
         *
         * @param from the address of the first vector
         * @param fromDistance bytes to the next, below 2^32
         * @param fromStep bytes from the first vector to that of the next time
         * @param fromLine bytes from the first vector of a line to that of the next line
         * @param to where the first result goes
         * @param toDistance bytes to the next, below 2^32
         * @param toStep bytes from the first result to that of the next time
         * @param toLine bytes from the first result of a line to that of the next line
         * @param times how often in a line
         * @param lines how many lines
         * @param bias where the vector is that is added to each result; not read if none is
         * @param residual where the vector is that is added to the first result; the next are as far apart as results
         *     are, but for those of a time; read only by kernels that add some
         * @param residualDistance bytes to the next, below 2^32
         */
        void run(
                long from,
                long fromDistance,
                long fromStep,
                long fromLine,
                long to,
                long toDistance,
                long toStep,
                long toLine,
                int times,
                int lines,
                long bias,
                long residual,
                long residualDistance);
    }
}
