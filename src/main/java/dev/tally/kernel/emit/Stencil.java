package dev.tally.kernel.emit;

import dev.tally.kernel.memory.Access;

/**
 * A kernel that slides filters of one channel each over a row of pixels, a vector of channels for each pixel: the sums
 * of some pixels beside each other are kept in registers over all taps.
 *
 * @param pixels how many are computed at once
 * @param kw taps across
 * @param stride pixels from one position to the next
 * @param dilation pixels from one tap to the next
 * @param lanes channels of a vector
 * @param rectifier what is done to a sum before it is stored
 * @param access how memory is reached
 */
public record Stencil(int pixels, int kw, int stride, int dilation, int lanes, Rectifier rectifier, Access access) {
    /** Runs a stencil. */
    public interface Kernel {
        /**
         * Computes pixels beside each other.
         *
         * @param in the address of what the first tap down and across reads for the first pixel
         * @param distance bytes from there to what the next tap down reads, below 2^32
         * @param from the first tap down
         * @param to one more than the last tap down
         * @param filters a vector for each tap, row by row
         * @param bias the vector that sums begin with
         * @param out where the first pixel goes; the next stands beside it
         */
        void run(long in, long distance, int from, int to, long filters, long bias, long out);
    }
}
