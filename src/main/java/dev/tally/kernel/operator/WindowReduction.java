package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/**
 * The greatest or the mean of what a window covers, each channel by itself. The rows that a row of the output is made
 * of are brought together element by element first, then neighbours within that one row.
 */
public final class WindowReduction implements Operator {
    private final Buffer input;
    private final Buffer output;
    private final int planes;
    private final Span d;
    private final Span h;
    private final Span w;
    private final boolean maximum;
    private final Pool pool;
    private final float[][] met;
    private final float[][] row;
    private final float[][] out;

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
        this.met = Floats.forEachWorker(pool, w.in());
        this.row = Floats.forEachWorker(pool, w.in());
        this.out = Floats.forEachWorker(pool, w.out());
    }

    @Override
    public void run() {
        pool.run(planes, this::plane);
    }

    private void plane(int plane, int worker) {
        long in = (long) plane * d.in() * h.in() * w.in();
        long to = (long) plane * d.out() * h.out() * w.out();
        for (int z = 0; z < d.out(); z++) {
            for (int y = 0; y < h.out(); y++) {
                meetRows(in, z, y, worker);
                reduceRow(met[worker], out[worker], d.divisor(z), h.divisor(y));
                Floats.write(out[worker], w.out(), output, to);
                to += w.out();
            }
        }
    }

    private void meetRows(long in, int z, int y, int worker) {
        float[] into = met[worker];
        float[] next = row[worker];
        int width = w.in();
        boolean first = true;
        for (int i = 0; i < d.count(z); i++) {
            long rows = in + (long) (d.first(z) + i * d.step()) * h.in() * width;
            for (int j = 0; j < h.count(y); j++) {
                long at = rows + (long) (h.first(y) + j * h.step()) * width;
                if (first) {
                    Floats.read(input, at, into, width);
                    first = false;
                } else {
                    Floats.read(input, at, next, width);
                    if (maximum) {
                        greater(into, next, width);
                    } else {
                        sum(into, next, width);
                    }
                }
            }
        }
        if (first) {
            Arrays.fill(into, nothing());
        }
    }

    private float nothing() {
        return maximum ? Float.NEGATIVE_INFINITY : 0;
    }

    private static void greater(float[] into, float[] other, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = Math.max(into[i], other[i]);
        }
    }

    private static void sum(float[] into, float[] other, int count) {
        for (int i = 0; i < count; i++) {
            into[i] += other[i];
        }
    }

    private void reduceRow(float[] from, float[] to, int planesCounted, int rowsCounted) {
        int step = w.step();
        for (int x = 0; x < w.out(); x++) {
            int at = w.first(x);
            int count = w.count(x);
            if (maximum) {
                float greatest = Float.NEGATIVE_INFINITY;
                for (int k = 0; k < count; k++) {
                    greatest = Math.max(greatest, from[at + k * step]);
                }
                to[x] = greatest;
            } else {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    sum += from[at + k * step];
                }
                double counted = (double) planesCounted * rowsCounted * w.divisor(x);
                // The mean of nothing is 0.
                to[x] = counted == 0 ? 0 : (float) (sum / counted);
            }
        }
    }
}
