package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A convolution by plain loops. An item of its work is some output channels of a group, row by row: each row of the
 * input that a tap reads is brought into an array once and added, times a weight, to the rows of all of them. Rows and
 * sums are arrays, for the compiler makes no vectors of loops over native memory.
 */
final class PlainPlan implements ConvolutionPlan {
    /** Output channels that share a row of the input. */
    private static final int CHANNELS = 4;

    private final Geometry geometry;
    private final Operands operands;
    private final Rectifier rectifier;
    private final Setting setting;
    private final Buffer weights;
    private final Buffer bias;
    private final int channels;
    private final int channelItems;
    private final float[][] rows;
    private final float[][][] sums;

    PlainPlan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requirePlanesOf(geometry);
        this.geometry = geometry;
        this.operands = operands;
        this.rectifier = rectifier;
        this.setting = setting;
        this.weights = setting.workspace().allocate(geometry.weightElements());
        for (long i = 0; i < geometry.weightElements(); i++) {
            weights.set(i, operands.weights().get(i));
        }
        this.bias = Biases.packed(operands.bias(), geometry, geometry.groupOc(), setting);
        this.channels = channelsOfItem(geometry);
        this.channelItems = Math.ceilDiv(geometry.groupOc(), channels);
        this.rows = new float[setting.pool().threads()][geometry.w().in()];
        this.sums = new float[setting.pool().threads()][channels][geometry.w().out()];
    }

    private static int channelsOfItem(Geometry geometry) {
        return Math.min(CHANNELS, geometry.groupOc());
    }

    /** {@return how many floats of arrays a worker has} */
    static long floatsOfWorker(Geometry geometry) {
        return geometry.w().in()
                + (long) channelsOfItem(geometry) * geometry.w().out();
    }

    @Override
    public String id() {
        return "plain";
    }

    @Override
    public long flops() {
        return geometry.flops((double) pairs(geometry.d()) * pairs(geometry.h()) * pairs(geometry.w()));
    }

    @Override
    public void run() {
        setting.pool().run(geometry.mb() * geometry.g() * channelItems, this::item);
    }

    private long pairs(Axis axis) {
        return geometry.transposed() ? axis.pairsReaching() : axis.pairsInside();
    }

    private void item(int item, int worker) {
        int first = item % channelItems * channels;
        int end = Math.min(geometry.groupOc(), first + channels);
        int group = item / channelItems % geometry.g();
        int n = item / channelItems / geometry.g();
        int firstOc = group * geometry.groupOc() + first;
        float[][] into = sums[worker];
        for (int od = 0; od < geometry.d().out(); od++) {
            for (int oh = 0; oh < geometry.h().out(); oh++) {
                for (int i = 0; i < end - first; i++) {
                    Arrays.fill(into[i], bias.get(firstOc + i));
                }
                row(n, group, firstOc, end - first, od, oh, worker);
                for (int i = 0; i < end - first; i++) {
                    rectify(into[i]);
                    long plane = ((long) n * geometry.oc() + firstOc + i) * geometry.outputPlane();
                    long at = plane
                            + ((long) od * geometry.h().out() + oh)
                                    * geometry.w().out();
                    MemorySegment.copy(
                            into[i],
                            0,
                            operands.outputPlanes().data(),
                            ValueLayout.JAVA_FLOAT,
                            at * Float.BYTES,
                            into[i].length);
                }
            }
        }
    }

    /** Adds up a row of some output channels. */
    private void row(int n, int group, int firstOc, int count, int od, int oh, int worker) {
        Axis d = geometry.d();
        Axis h = geometry.h();
        for (int kd = 0; kd < d.kernel(); kd++) {
            int id = read(d, od, kd);
            for (int kh = 0; kh < h.kernel() && id >= 0; kh++) {
                int ih = read(h, oh, kh);
                for (int c = 0; c < geometry.groupIc() && ih >= 0; c++) {
                    int ic = group * geometry.groupIc() + c;
                    long plane = ((long) n * geometry.ic() + ic) * geometry.inputPlane();
                    long at = plane + ((long) id * h.in() + ih) * geometry.w().in();
                    float[] in = rows[worker];
                    MemorySegment.copy(
                            operands.inputPlanes().data(), ValueLayout.JAVA_FLOAT, at * Float.BYTES, in, 0, in.length);
                    long tap = ((long) kd * h.kernel() + kh) * geometry.w().kernel();
                    for (int i = 0; i < count; i++) {
                        addRow(in, sums[worker][i], weightAt(firstOc + i, ic) + tap);
                    }
                }
            }
        }
    }

    /** {@return the element that a tap of the output's position reads along an axis; -1 where it reads none} */
    private int read(Axis axis, int position, int tap) {
        long at;
        if (geometry.transposed()) {
            long reached = (long) position + axis.before() - (long) tap * axis.dilation();
            at = reached >= 0 && reached % axis.stride() == 0 ? reached / axis.stride() : -1;
        } else {
            at = (long) position * axis.stride() - axis.before() + (long) tap * axis.dilation();
        }
        return at >= 0 && at < axis.in() ? (int) at : -1;
    }

    /** {@return where the weights of an output channel and an input channel of its group begin} */
    private long weightAt(int oc, int ic) {
        long pair = geometry.transposed()
                ? (long) ic * geometry.groupOc() + oc % geometry.groupOc()
                : (long) oc * geometry.groupIc() + ic % geometry.groupIc();
        return pair * geometry.taps();
    }

    /** Adds a row of the input to a row of sums, at each tap's distance. */
    private void addRow(float[] in, float[] into, long weight) {
        Axis w = geometry.w();
        for (int kw = 0; kw < w.kernel(); kw++) {
            float factor = weights.get(weight + kw);
            long shift = (long) kw * w.dilation() - w.before();
            if (geometry.transposed()) {
                // Element i reaches i · stride + shift.
                int from = firstFrom(shift, w.stride());
                int to = endBefore(shift, w.stride(), into.length, in.length);
                if (from < to) {
                    spread(in, from, to, into, (int) ((long) from * w.stride() + shift), w.stride(), factor);
                }
            } else {
                int from = firstFrom(shift, w.stride());
                int to = endBefore(shift, w.stride(), in.length, into.length);
                if (from < to) {
                    int at = (int) ((long) from * w.stride() + shift);
                    if (w.stride() == 1) {
                        add(in, at, into, from, to, factor);
                    } else {
                        gather(in, at, w.stride(), into, from, to, factor);
                    }
                }
            }
        }
    }

    /** {@return the first index that {@code index · stride + shift} is at least 0 for} */
    private static int firstFrom(long shift, int stride) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, Math.ceilDiv(-shift, (long) stride)));
    }

    /** {@return the first index that it is no longer below a size for, at most another} */
    private static int endBefore(long shift, int stride, int size, int most) {
        return Math.clamp(Math.ceilDiv(size - shift, (long) stride), 0, most);
    }

    private static void add(float[] in, int at, float[] into, int from, int to, float factor) {
        for (int x = from; x < to; x++) {
            into[x] += factor * in[at + x - from];
        }
    }

    private static void gather(float[] in, int at, int stride, float[] into, int from, int to, float factor) {
        for (int x = from; x < to; x++) {
            into[x] += factor * in[at + (x - from) * stride];
        }
    }

    private static void spread(float[] in, int from, int to, float[] into, int at, int stride, float factor) {
        for (int x = from; x < to; x++) {
            into[at + (x - from) * stride] += factor * in[x];
        }
    }

    private void rectify(float[] row) {
        switch (rectifier) {
            case NONE -> {}
            case RELU -> {
                for (int x = 0; x < row.length; x++) {
                    row[x] = Math.max(row[x], 0);
                }
            }
            case RELU6 -> {
                for (int x = 0; x < row.length; x++) {
                    row[x] = Math.min(Math.max(row[x], 0), 6);
                }
            }
        }
    }
}
