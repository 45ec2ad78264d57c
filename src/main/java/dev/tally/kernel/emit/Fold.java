package dev.tally.kernel.emit;

import dev.tally.kernel.memory.Access;

/**
 * A kernel that slides a window over rows of vectors of channels and keeps, for some pixels beside each other, the
 * largest of what it covers, or the sum times a factor.
 *
 * @param pixels how many pixels of the output
 * @param kw taps across
 * @param stride pixels from a position to the next
 * @param dilation pixels from a tap to the next
 * @param maximum whether the largest is kept, and not the sum
 * @param lanes floats of a vector
 * @param access how memory is reached
 */
public record Fold(int pixels, int kw, int stride, int dilation, boolean maximum, int lanes, Access access) {
    /** Runs a fold. */
    public interface Kernel {
        /**
         * Computes pixels beside each other.
         *
         * @param in the address of what the first tap down and across reads for the first pixel
         * @param distance bytes from there to what the next tap down reads, below 2^32
         * @param rows taps down
         * @param factor what sums are multiplied with
         * @param out where the first pixel goes; the next stands beside it
         */
        void run(long in, long distance, int rows, float factor, long out);
    }
}
