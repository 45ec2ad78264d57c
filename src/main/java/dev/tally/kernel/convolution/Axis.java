package dev.tally.kernel.convolution;

/**
 * A convolution along one axis.
 *
 * @param in the input's size
 * @param out the output's size
 * @param kernel the number of taps
 * @param stride the distance between neighbouring positions
 * @param dilation the distance between neighbouring taps
 * @param before how many zeros count as standing before the input; of a transposed convolution, how many places of the
 *     result are cut off there
 */
public record Axis(int in, int out, int kernel, int stride, int dilation, int before) {
    /** An axis of a single element, along which nothing happens. */
    public static final Axis NONE = new Axis(1, 1, 1, 1, 1, 0);

    /** {@return the distance from the first tap to the last, both included} */
    public long extent() {
        return (kernel - 1L) * dilation + 1;
    }

    /**
     * {@return how many elements from the first zero before the input to the last that a tap reads, or the input's end}
     */
    public long padded() {
        return Math.max((long) before + in, (out - 1L) * stride + extent());
    }

    /** {@return whether nothing but the input is read} */
    boolean unpadded() {
        return padded() == in;
    }

    /** {@return whether it is one tap, on each element by itself} */
    boolean pointwise() {
        return kernel == 1 && stride == 1 && unpadded();
    }

    /** {@return the first tap that reads the input at a position, or the number of taps if none does} */
    int firstTap(int position) {
        long at = (long) position * stride - before;
        return at >= 0 ? 0 : (int) Math.min(kernel, Math.ceilDiv(-at, dilation));
    }

    /** {@return one more than the last tap that reads the input at a position} */
    int endTap(int position) {
        long at = (long) position * stride - before;
        return Math.clamp(Math.ceilDiv(in - at, dilation), 0, kernel);
    }
}
