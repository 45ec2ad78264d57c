package dev.tally.network;

import static dev.tally.network.InvalidLayerException.requirePositive;

import dev.tally.network.Padding.Explicit;
import dev.tally.network.Padding.Same;

/**
 * A window along one axis.
 *
 * @param kernel the number of taps, at least 1
 * @param stride the distance between neighbouring positions, at least 1
 * @param dilation the distance between neighbouring taps, at least 1 (1 is a dense window)
 * @param padding what is added around the input
 */
public record WindowAxis(int kernel, int stride, int dilation, Padding padding) {
    public WindowAxis {
        requirePositive("kernel", kernel);
        requirePositive("stride", stride);
        requirePositive("dilation", dilation);
    }

    /** {@return the distance from the first tap to the last, both included: {@code (kernel - 1) · dilation + 1}} */
    public long extent() {
        return (kernel - 1L) * dilation + 1;
    }

    /**
     * {@return the number of positions on an input of this size}
     *
     * <p>SAME: {@code ceil(input / stride)} (TensorFlow). Explicit padding: {@code floor((input + pads - extent) /
     * stride) + 1}; with {@code ceil} rounded up, less a position that would start in the padding after the input
     * (PyTorch, ONNX 22).
     *
     * @throws InvalidLayerException if the window is larger than the padded input
     */
    int outputSize(int input, boolean ceil) {
        return switch (padding) {
            case Same _ -> Math.ceilDiv(input, stride);
            case Explicit(int before, int after) -> {
                long padded = (long) input + before + after;
                long slack = padded - extent();
                if (slack < 0) {
                    throw new InvalidLayerException(
                            "kernel",
                            "kernel " + describeExtent() + " is larger than the padded input "
                                    + describePadded(input, padded));
                }
                long positions = (ceil ? Math.ceilDiv(slack, stride) : slack / stride) + 1;
                if (ceil && (positions - 1) * stride >= (long) input + before) {
                    positions--;
                }
                if (positions > Integer.MAX_VALUE) {
                    throw new InvalidLayerException(
                            "padding", "the padded output " + positions + " is larger than 2^31-1");
                }
                yield (int) positions;
            }
        };
    }

    /** {@return how many elements of padding stand before an input of this size} */
    public long before(int input) {
        return switch (padding) {
            case Explicit(int before, int _) -> before;
            case Same(boolean oddAtStart) -> {
                long total = samePadding(input);
                yield oddAtStart ? total - total / 2 : total / 2;
            }
        };
    }

    /** {@return how many elements of padding stand after an input of this size} */
    public long after(int input) {
        return switch (padding) {
            case Explicit(int _, int after) -> after;
            case Same _ -> samePadding(input) - before(input);
        };
    }

    /** TensorFlow: {@code max(0, (ceil(input / stride) - 1) · stride + extent - input)}. */
    private long samePadding(int input) {
        return Math.max(0, (Math.ceilDiv(input, stride) - 1L) * stride + extent() - input);
    }

    /**
     * {@return how many pairs of position and tap read the input and not the padding}
     *
     * <p>In logarithmic time whatever the sizes: the pairs whose place {@code position · stride + tap · dilation} is at
     * most {@code x} are counted in closed form, once for the last element of the input and once for the last of the
     * padding before it.
     *
     * @throws ArithmeticException if the number is over 2^63-1
     */
    public long tapsInBounds(int input, int positions) {
        long before = before(input);
        return pairsUpTo(before + input - 1, positions) - pairsUpTo(before - 1, positions);
    }

    /** {@return the pairs (position, tap) with {@code position · stride + tap · dilation <= x}} */
    private long pairsUpTo(long x, long positions) {
        if (x < 0) {
            return 0;
        }
        long taps = Math.min(kernel, x / dilation + 1);
        long slack = x - (positions - 1) * stride;
        long full = slack < 0 ? 0 : Math.min(taps, slack / dilation + 1);
        // The first `full` taps fit at every position. Of the rest, tap t fits at floor((x - t·dilation) / stride) + 1
        // of them; counted from the last tap back, that is a sum of floors with a rising numerator.
        long partial = taps - full;
        long last = x - (taps - 1) * dilation;
        return Math.addExact(
                Math.multiplyExact(full, positions), Math.addExact(partial, floorSum(partial, stride, dilation, last)));
    }

    /**
     * {@return the sum of {@code floor((a · i + b) / m)} for i in 0..n-1}, by the Euclid-like descent of Graham, Knuth,
     * Patashnik, Concrete Mathematics, 3.5.
     */
    private static long floorSum(long n, long m, long a, long b) {
        long sum = 0;
        while (n > 0) {
            long pairs = (n & 1) == 0 ? Math.multiplyExact(n / 2, n - 1) : Math.multiplyExact(n, (n - 1) / 2);
            sum = Math.addExact(sum, Math.addExact(Math.multiplyExact(pairs, a / m), Math.multiplyExact(n, b / m)));
            a %= m;
            b %= m;
            long top = Math.addExact(Math.multiplyExact(a, n), b);
            if (top < m) {
                break;
            }
            // Swap the roles of rows and columns of the lattice under the line.
            n = top / m;
            b = top % m;
            long swapped = m;
            m = a;
            a = swapped;
        }
        return sum;
    }

    /**
     * {@return the number of places that a transposed window reaches from an input of this size, less what is cut off}
     *
     * <p>SAME: {@code input · stride}. Explicit padding: {@code (input - 1) · stride + extent + outputPadding - pads}
     * (ONNX ConvTranspose).
     *
     * @throws InvalidLayerException if nothing is left, or the size is over 2^31-1
     */
    int spreadSize(int input, int outputPadding) {
        long size = switch (padding) {
            case Same _ -> (long) input * stride;
            case Explicit(int before, int after) -> (input - 1L) * stride + extent() + outputPadding - before - after;
        };
        if (size < 1) {
            throw new InvalidLayerException("padding", "the padding cuts off all of the output: " + size + " are left");
        }
        if (size > Integer.MAX_VALUE) {
            throw new InvalidLayerException("stride", "the output " + size + " is larger than 2^31-1");
        }
        return (int) size;
    }

    /** {@return how many places a transposed window's result is cut by at its start} */
    public long cutBefore() {
        return switch (padding) {
            case Explicit(int before, int _) -> before;
            case Same(boolean oddAtStart) -> {
                long total = Math.max(0, extent() - stride);
                yield oddAtStart ? total - total / 2 : total / 2;
            }
        };
    }

    /**
     * {@return how many places it is cut by at its end}; fewer than none where a stride wider than the window leaves
     * places unreached
     */
    long cutAfter() {
        return switch (padding) {
            case Explicit(int _, int after) -> after;
            case Same _ -> extent() - stride - cutBefore();
        };
    }

    /**
     * {@return how many pairs of input element and tap of a transposed window land in the output, and not in what is
     * cut off}
     *
     * @throws ArithmeticException if the number is over 2^63-1
     */
    long spreadsInBounds(int input, int output) {
        long before = cutBefore();
        return pairsUpTo(before + output - 1, input) - pairsUpTo(before - 1, input);
    }

    /**
     * {@return how many places a transposed window reaches, before anything is cut off}
     *
     * <p>Pairs of element and tap that reach one place are {@code dilation / g} elements and {@code stride / g} taps
     * apart, g their greatest common divisor: the places are the pairs without one such before them.
     */
    long placesReached(int input) {
        long g = GreatestCommonDivisor.of(stride, dilation);
        return (long) input * kernel - Math.max(0L, input - dilation / g) * Math.max(0L, kernel - stride / g);
    }

    private String describeExtent() {
        return dilation == 1
                ? Integer.toString(kernel)
                : kernel + " with dilation " + dilation + ", " + extent() + " wide,";
    }

    private static String describePadded(int input, long padded) {
        return padded == input
                ? Integer.toString(input)
                : padded + " (" + input + " and " + (padded - input) + " of padding)";
    }
}
