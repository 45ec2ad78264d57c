package dev.tally.kernel.convolution;

import dev.tally.kernel.image.Border;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a convolution, in oneDNN's letters: {@code mb} the batch, {@code g} groups, {@code ic} and {@code oc}
 * the channels of all groups together, and three spatial axes, of which the outer are {@link Axis#NONE} where there are
 * fewer.
 *
 * <p>The input is {@code NCDHW}, the output likewise. The weights are {@code OIDHW}, of {@code oc · ic / g · taps}; of
 * a transposed convolution {@code IODHW}.
 *
 * @param transposed whether input elements are spread over the output (ONNX ConvTranspose)
 */
public record Geometry(int mb, int g, int ic, int oc, Axis d, Axis h, Axis w, boolean transposed) {
    /** {@return the input channels of a group} */
    public int groupIc() {
        return ic / g;
    }

    /** {@return the output channels of a group} */
    public int groupOc() {
        return oc / g;
    }

    /** {@return how many taps a filter has, in a channel} */
    public long taps() {
        return (long) d.kernel() * h.kernel() * w.kernel();
    }

    /** {@return elements of an input channel} */
    public long inputPlane() {
        return (long) d.in() * h.in() * w.in();
    }

    /** {@return elements of an output channel} */
    public long outputPlane() {
        return (long) d.out() * h.out() * w.out();
    }

    /** {@return elements of the input} */
    public long inputElements() {
        return mb * (long) ic * inputPlane();
    }

    /** {@return elements of the output} */
    public long outputElements() {
        return mb * (long) oc * outputPlane();
    }

    /** {@return elements of the weights} */
    public long weightElements() {
        return (long) oc * groupIc() * taps();
    }

    /**
     * {@return multiplications of the direct definition, in floating point since they only weigh one way against
     * another}
     */
    public double multiplies() {
        return (double) (transposed ? inputPlane() : outputPlane()) * mb * oc * groupIc() * taps();
    }

    /** {@return multiplications and additions of the direct definition, as many of one as of the other} */
    public long flops() {
        return (long) (2 * multiplies());
    }

    /** {@return the same where each filter's channel has so many pairs of an output position and a tap} */
    long flops(double pairs) {
        return (long) (2 * pairs * mb * oc * groupIc());
    }

    /** {@return whether it is one tap on each element by itself} */
    public boolean pointwise() {
        return d.pointwise() && h.pointwise() && w.pointwise();
    }

    /** {@return whether nothing but the input is read} */
    boolean unpadded() {
        return d.unpadded() && h.unpadded() && w.unpadded();
    }

    /** {@return the zeros around an image that taps read, of two spatial axes} */
    public Border border() {
        return new Border(h.before(), w.before(), after(h), after(w));
    }

    private static int after(Axis axis) {
        return (int) (axis.padded() - axis.before() - axis.in());
    }

    /** {@return the same kernel of one tap on images of another size} */
    public Geometry of(int height, int width) {
        if (!pointwise()) {
            throw new IllegalStateException("expected one tap on each element, got " + window());
        }
        return new Geometry(mb, g, ic, oc, Axis.NONE, line(height), line(width), transposed);
    }

    /** {@return elements of the input with the zeros around it that are read; 0 if none are} */
    double paddedElements() {
        return unpadded() ? 0 : (double) mb * ic * d.padded() * h.padded() * w.padded();
    }

    /** {@return why distances within a group's input are none that a kernel takes; null if they are} */
    @Nullable
    String tooFarApart() {
        double plane = (double) d.padded() * h.padded() * w.padded();
        return tooLarge("a group's input with the zeros around it", Math.max(groupIc() * plane, w.stride()));
    }

    /**
     * {@return why something of so many floats is too large for kernels, which count bytes with 31 bits; null if not}
     */
    static @Nullable String tooLarge(String what, double floats) {
        double bytes = floats * Float.BYTES;
        return bytes > Integer.MAX_VALUE
                ? "expected %s of at most 2^31-1 bytes, got %.0f".formatted(what, bytes)
                : null;
    }

    /** {@return channels of all groups, each filled up to whole vectors} */
    static double filled(int groups, int channels, int lanes) {
        return (double) groups * Math.ceilDiv(channels, lanes) * lanes;
    }

    /** {@return kernel, stride, dilation and padding, for people} */
    String window() {
        return "a kernel of " + sizes(d.kernel(), h.kernel(), w.kernel()) + ", stride "
                + sizes(d.stride(), h.stride(), w.stride()) + ", dilation "
                + sizes(d.dilation(), h.dilation(), w.dilation())
                + (unpadded() ? "" : " and padding");
    }

    private String sizes(int depth, int height, int width) {
        return (d.equals(Axis.NONE) ? "" : depth + "×") + height + "×" + width;
    }

    /**
     * {@return the same convolution on fewer, longer rows} An axis along which nothing happens but that elements stand
     * beside each other is one with the next inner one, if that too is such.
     */
    public Geometry merged() {
        if (transposed) {
            return this;
        }
        Axis rows = h;
        Axis columns = w;
        Axis planes = d;
        if (columns.pointwise() && rows.pointwise()) {
            columns = line((long) rows.in() * columns.in());
            rows = Axis.NONE;
            if (planes.pointwise()) {
                columns = line((long) planes.in() * columns.in());
                planes = Axis.NONE;
            }
        }
        return new Geometry(mb, g, ic, oc, planes, rows, columns, false);
    }

    private static Axis line(long elements) {
        int size = Math.toIntExact(elements);
        return new Axis(size, size, 1, 1, 1, 0);
    }
}
