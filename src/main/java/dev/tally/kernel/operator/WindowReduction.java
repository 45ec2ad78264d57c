package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The greatest or the mean of what a window covers, each channel by itself. The rows that a row of the output is made
 * of are brought together element by element first, then neighbours within that one row.
 */
public final class WindowReduction implements Operator {
    /** Planes of at most so many floats are read at once, for their rows are short; of others row by row. */
    private static final int MOST_OF_PLANE = 1 << 18;

    private static final int MOST_OF_ROW = 1 << 16;
    private static final int MOST_TAPS = 64;

    private final Buffer input;
    private final Buffer output;
    private final int planes;
    private final Span d;
    private final Span h;
    private final Span w;
    private final boolean maximum;
    private final Pool pool;
    private final boolean wholePlanes;
    private final float[][] read;
    private final float[][] met;
    private final float[][] out;

    /** How the window slides along a row, where it does so by few taps; a row then has its padding around it. */
    private final Span.@Nullable Slide slide;

    private final int before;
    private final float[][] slid;

    /**
     * A reduction.
     *
     * @param planes channels of all samples
     * @param maximum the greatest, or the mean
     */
    public WindowReduction(
            Buffer input, Buffer output, int planes, Span d, Span h, Span w, boolean maximum, Pool pool) {
        this.input = input;
        this.output = output;
        this.planes = planes;
        this.d = d;
        this.h = h;
        this.w = w;
        this.maximum = maximum;
        this.pool = pool;
        long plane = (long) d.in() * h.in() * w.in();
        long outPlane = (long) d.out() * h.out() * w.out();
        this.wholePlanes = Math.max(plane, outPlane) <= MOST_OF_PLANE;
        this.read = Floats.forEachWorker(pool, wholePlanes ? (int) plane : w.in());
        Span.Slide along = w.slide();
        boolean slides = along != null && along.kernel() <= MOST_TAPS && w.padded(along) <= MOST_OF_ROW;
        this.slide = slides ? along : null;
        this.before = slide == null ? 0 : (int) slide.before();
        this.met = Floats.forEachWorker(pool, slide == null ? w.in() : (int) w.padded(slide));
        for (float[] row : met) {
            Arrays.fill(row, nothing());
        }
        this.slid = Floats.forEachWorker(pool, slide == null ? 0 : (w.out() - 1) * slide.stride() + 1);
        this.out = Floats.forEachWorker(pool, wholePlanes ? (int) outPlane : w.out());
    }

    @Override
    public void run() {
        pool.run(planes, this::plane);
    }

    private void plane(int plane, int worker) {
        long in = (long) plane * d.in() * h.in() * w.in();
        long to = (long) plane * d.out() * h.out() * w.out();
        if (wholePlanes) {
            Floats.read(input, in, read[worker], read[worker].length);
        }
        int at = 0;
        for (int z = 0; z < d.out(); z++) {
            for (int y = 0; y < h.out(); y++) {
                meetRows(in, z, y, worker);
                reduceRow(met[worker], out[worker], at, (long) d.divisor(z) * h.divisor(y), worker);
                if (wholePlanes) {
                    at += w.out();
                } else {
                    Floats.write(out[worker], w.out(), output, to);
                    to += w.out();
                }
            }
        }
        if (wholePlanes) {
            Floats.write(out[worker], out[worker].length, output, to);
        }
    }

    private void meetRows(long in, int z, int y, int worker) {
        float[] into = met[worker];
        float[] from = read[worker];
        int width = w.in();
        boolean first = true;
        for (int i = 0; i < d.count(z); i++) {
            for (int j = 0; j < h.count(y); j++) {
                int row = (d.first(z) + i * d.step()) * h.in() + h.first(y) + j * h.step();
                int at = wholePlanes ? row * width : 0;
                if (!wholePlanes) {
                    Floats.read(input, in + (long) row * width, from, width);
                }
                if (first) {
                    System.arraycopy(from, at, into, before, width);
                    first = false;
                } else if (maximum) {
                    greater(into, before, from, at, width);
                } else {
                    sum(into, before, from, at, width);
                }
            }
        }
        if (first) {
            Arrays.fill(into, before, before + width, nothing());
        }
    }

    private float nothing() {
        return maximum ? Float.NEGATIVE_INFINITY : 0;
    }

    private static void greater(float[] into, int to, float[] other, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[to + i] = Math.max(into[to + i], other[at + i]);
        }
    }

    private static void sum(float[] into, int to, float[] other, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[to + i] += other[at + i];
        }
    }

    private void reduceRow(float[] from, float[] to, int at, long rowsCounted, int worker) {
        if (slide != null) {
            slideAlong(from, slid[worker], slide);
            for (int x = 0; x < w.out(); x++) {
                to[at + x] = slid[worker][x * slide.stride()];
            }
            if (!maximum) {
                divide(to, at, rowsCounted);
            }
        } else if (maximum) {
            greatestOfRow(from, to, at);
        } else {
            sumOfRow(from, to, at);
            divide(to, at, rowsCounted);
        }
    }

    /** At every place, as if the window moved by one: so it takes vectors, and each place is where it is looked for. */
    private void slideAlong(float[] from, float[] to, Span.Slide by) {
        int places = (w.out() - 1) * by.stride() + 1;
        System.arraycopy(from, 0, to, 0, places);
        for (int k = 1; k < by.kernel(); k++) {
            if (maximum) {
                greater(to, 0, from, k * w.step(), places);
            } else {
                sum(to, 0, from, k * w.step(), places);
            }
        }
    }

    private void greatestOfRow(float[] from, float[] to, int at) {
        for (int x = 0; x < w.out(); x++) {
            float greatest = Float.NEGATIVE_INFINITY;
            int first = w.first(x);
            int count = w.count(x);
            for (int k = 0; k < count; k++) {
                greatest = Math.max(greatest, from[first + k * w.step()]);
            }
            to[at + x] = greatest;
        }
    }

    private void sumOfRow(float[] from, float[] to, int at) {
        for (int x = 0; x < w.out(); x++) {
            double sum = 0;
            int first = w.first(x);
            int count = w.count(x);
            for (int k = 0; k < count; k++) {
                sum += from[first + k * w.step()];
            }
            to[at + x] = (float) sum;
        }
    }

    private void divide(float[] sums, int at, long rowsCounted) {
        for (int x = 0; x < w.out(); x++) {
            long counted = rowsCounted * w.divisor(x);
            // The mean of nothing is 0.
            sums[at + x] = counted == 0 ? 0 : sums[at + x] / counted;
        }
    }
}
