package dev.tally.kernel.operator;

import org.jspecify.annotations.Nullable;

/** Which elements along one axis each output element is made of: neighbours, equally far apart. */
public final class Span {
    /** Along an axis that is not there. */
    public static final Span NONE = new Span(1, new int[] {0}, new int[] {1}, 1, new int[] {1}, null);

    private final int in;
    private final int[] first;
    private final int[] count;
    private final int step;
    private final int[] divisor;
    private final @Nullable Slide slide;

    /** How a window slides: {@code kernel} taps from {@code position · stride - before} on. */
    record Slide(int kernel, int stride, long before) {}

    private Span(int in, int[] first, int[] count, int step, int[] divisor, @Nullable Slide slide) {
        this.in = in;
        this.slide = slide;
        this.first = first;
        this.count = count;
        this.step = step;
        this.divisor = divisor;
    }

    /**
     * {@return what a sliding window covers}
     *
     * @param before how many places stand before the input
     * @param after how many places stand after it and count where padding does
     * @param countPadding whether an average also counts the taps before and after the input
     */
    public static Span sliding(
            int in, int out, int kernel, int stride, int dilation, long before, long after, boolean countPadding) {
        int[] first = new int[out];
        int[] count = new int[out];
        int[] divisor = new int[out];
        for (int i = 0; i < out; i++) {
            long at = (long) i * stride - before;
            long skipped = at >= 0 ? 0 : Math.min(kernel, Math.ceilDiv(-at, (long) dilation));
            long end = Math.clamp(Math.ceilDiv(in - at, (long) dilation), 0, kernel);
            count[i] = (int) Math.max(0, end - skipped);
            first[i] = count[i] == 0 ? 0 : (int) (at + skipped * dilation);
            divisor[i] =
                    countPadding ? (int) Math.min(kernel, Math.ceilDiv(in + after - at, (long) dilation)) : count[i];
        }
        return new Span(in, first, count, dilation, divisor, new Slide(kernel, stride, before));
    }

    /** {@return the windows that cut an axis evenly, as far as they can} */
    public static Span adaptive(int in, int out) {
        int[] first = new int[out];
        int[] count = new int[out];
        for (int i = 0; i < out; i++) {
            first[i] = (int) ((long) i * in / out);
            count[i] = (int) (Math.ceilDiv((i + 1L) * in, (long) out) - first[i]);
        }
        return new Span(in, first, count, 1, count, null);
    }

    /** {@return whether all output elements are made of as many as an average counts, none of them padding} */
    public boolean isWhole() {
        for (int i = 0; i < count.length; i++) {
            if (count[i] != count[0] || divisor[i] != count[0]) {
                return false;
            }
        }
        return true;
    }

    /** {@return the input's size} */
    int in() {
        return in;
    }

    /** {@return the output's size} */
    int out() {
        return first.length;
    }

    /** {@return the first input element that an output element is made of} */
    int first(int output) {
        return first[output];
    }

    /** {@return how many it is made of; may be 0} */
    int count(int output) {
        return count[output];
    }

    /** {@return the distance between them} */
    int step() {
        return step;
    }

    /** {@return by how many an average counts} */
    int divisor(int output) {
        return divisor[output];
    }

    /** {@return how the window slides; null where it does not} */
    @Nullable
    Slide slide() {
        return slide;
    }

    /**
     * {@return how many elements there are from the first tap to the last, or the input's end, those of padding too}
     */
    long padded(Slide by) {
        return Math.max(by.before() + in, (out() - 1L) * by.stride() + (by.kernel() - 1L) * step + 1);
    }
}
