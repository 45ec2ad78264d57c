package dev.tally.kernel.convolution;

import java.util.SplittableRandom;

/** Geometries at random: small, awkward, of every kind. */
final class GeometryDraw {
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 13, 14, 15, 16, 17, 19, 23, 28, 31, 33};
    private static final int[] CHANNELS = {1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 24, 31, 32, 33, 40};

    private final SplittableRandom random;

    GeometryDraw(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private int of(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** {@return any convolution} */
    Geometry any() {
        return any(false);
    }

    /** {@return any transposed convolution} */
    Geometry transposed() {
        return any(true);
    }

    private Geometry any(boolean transposed) {
        int rank = of(1, 2, 2, 2, 3);
        int groups = of(1, 1, 1, 2, 3);
        int groupIc = of(CHANNELS);
        int groupOc = of(CHANNELS);
        if (random.nextInt(5) == 0) {
            groups = groupIc;
            groupIc = 1;
            groupOc = of(1, 1, 2, 3);
        }
        Axis d = rank < 3 ? Axis.NONE : axis(of(1, 2, 3, 5), of(1, 2, 3), transposed);
        Axis h = rank < 2 ? Axis.NONE : axis(of(SIZES), of(1, 2, 3, 5), transposed);
        Axis w = axis(of(SIZES), of(1, 2, 3, 5, 7), transposed);
        return new Geometry(of(1, 1, 2), groups, groups * groupIc, groups * groupOc, d, h, w, transposed);
    }

    private Axis axis(int in, int kernel, boolean transposed) {
        int stride = of(1, 1, 1, 2, 3);
        int dilation = of(1, 1, 1, 2, 3);
        int extent = (kernel - 1) * dilation + 1;
        if (transposed) {
            int whole = (in - 1) * stride + extent;
            int before = random.nextInt(Math.min(extent, whole));
            int after = random.nextInt(Math.min(extent, whole - before));
            return new Axis(in, whole - before - after + random.nextInt(stride), kernel, stride, dilation, before);
        }
        int before = random.nextInt(extent);
        int after = Math.max(random.nextInt(extent), extent - in - before);
        return new Axis(in, (in + before + after - extent) / stride + 1, kernel, stride, dilation, before);
    }

    /** {@return one that a transform of r × r taps supports} */
    Geometry square(int r) {
        int before = random.nextInt(r);
        return new Geometry(
                of(1, 1, 2),
                1,
                of(CHANNELS),
                of(CHANNELS),
                Axis.NONE,
                dense(of(SIZES), r, before),
                dense(of(SIZES), r, random.nextInt(r)),
                false);
    }

    private Axis dense(int in, int kernel, int before) {
        int after = Math.max(random.nextInt(kernel), kernel - in - before);
        return new Axis(in, in + before + after - kernel + 1, kernel, 1, 1, before);
    }

    /** {@return one of one tap} */
    Geometry pointwise() {
        int groups = of(1, 1, 2, 3);
        int size = of(SIZES);
        Axis h = new Axis(size, size, 1, 1, 1, 0);
        int width = of(SIZES);
        return new Geometry(
                of(1, 2),
                groups,
                groups * of(CHANNELS),
                groups * of(CHANNELS),
                Axis.NONE,
                h,
                new Axis(width, width, 1, 1, 1, 0),
                false);
    }

    /** {@return one with a filter for each channel} */
    Geometry depthwise() {
        int channels = of(CHANNELS);
        return new Geometry(
                of(1, 2),
                channels,
                channels,
                channels * of(1, 1, 1, 2),
                Axis.NONE,
                axis(of(SIZES), of(1, 2, 3, 5), false),
                axis(of(SIZES), of(1, 2, 3, 5, 7), false),
                false);
    }
}
