package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/** One number made of all elements along an axis: their sum or the greatest of them. */
public final class AxisReduction implements Operator {
    /** Rows of at most so many floats are read several at a time. */
    private static final int SHORT = Floats.CHUNK / 2;

    private final Buffer input;
    private final Buffer output;
    private final int outer;
    private final int size;
    private final int inner;
    private final boolean maximum;
    private final double divisor;
    private final Pool pool;
    private final int width;
    private final int blocks;
    private final int together;
    private final float[][] read;
    private final float[][] other;
    private final double[][] reduced;

    /**
     * A reduction.
     *
     * @param outer the product of the axes outside of that along which it is
     * @param size of that
     * @param inner the product of the axes inside of it
     * @param maximum the greatest, or the sum
     * @param divisor by what the result is divided: the number of elements for a mean, else 1
     */
    public AxisReduction(
            Buffer input, Buffer output, int outer, int size, int inner, boolean maximum, double divisor, Pool pool) {
        this.input = input;
        this.output = output;
        this.outer = outer;
        this.size = size;
        this.inner = inner;
        this.maximum = maximum;
        this.divisor = divisor;
        this.pool = pool;
        this.width = Math.min(inner, SHORT);
        this.blocks = Math.ceilDiv(inner, width);
        this.together = blocks == 1 ? Math.min(size, Floats.CHUNK / width) : 1;
        this.read = Floats.forEachWorker(pool, width * together);
        this.other = Floats.forEachWorker(pool, Math.max(width, inner == 1 ? together : 0));
        this.reduced = new double[pool.threads()][width];
    }

    @Override
    public void run() {
        pool.run(Math.multiplyExact(outer, blocks), this::item);
    }

    private void item(int item, int worker) {
        int from = item % blocks * width;
        int count = Math.min(width, inner - from);
        long first = (long) (item / blocks) * size * inner + from;
        double[] into = reduced[worker];
        Arrays.fill(into, maximum ? Double.NEGATIVE_INFINITY : 0);
        for (int i = 0; i < size; i += together) {
            int rows = Math.min(together, size - i);
            Floats.read(input, first + (long) i * inner, read[worker], rows * count);
            if (inner > 1) {
                rows(read[worker], rows, count, into);
            } else if (maximum) {
                into[0] = Math.max(into[0], greatest(read[worker], rows));
            } else {
                into[0] += Sums.of(read[worker], other[worker], rows);
            }
        }
        float[] out = other[worker];
        for (int j = 0; j < count; j++) {
            out[j] = (float) (into[j] / divisor);
        }
        Floats.write(out, count, output, (long) (item / blocks) * inner + from);
    }

    private void rows(float[] from, int rows, int count, double[] into) {
        for (int row = 0; row < rows; row++) {
            int at = row * count;
            if (maximum) {
                for (int j = 0; j < count; j++) {
                    into[j] = Math.max(into[j], from[at + j]);
                }
            } else {
                for (int j = 0; j < count; j++) {
                    into[j] += from[at + j];
                }
            }
        }
    }

    private static float greatest(float[] numbers, int count) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, numbers[i]);
        }
        return greatest;
    }
}
