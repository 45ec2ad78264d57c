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

    /** {@return how many pairs of an output position and a tap there are} */
    long pairs() {
        return (long) out * kernel;
    }

    /** {@return of these, how many read the input and not the zeros around it} */
    long pairsInside() {
        return pairsInside(out, in);
    }

    /** {@return of a transposed convolution, how many pairs of an input element and a tap reach the output} */
    long pairsReaching() {
        return pairsInside(in, out);
    }

    private long pairsInside(int positions, int places) {
        long pairs = 0;
        for (int tap = 0; tap < kernel; tap++) {
            long first = before - (long) tap * dilation;
            long from = Math.max(0, Math.ceilDiv(first, stride));
            pairs += Math.max(0, Math.min(positions, Math.ceilDiv(first + places, stride)) - from);
        }
        return pairs;
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
