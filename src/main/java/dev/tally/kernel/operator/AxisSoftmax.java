package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/**
 * {@code exp(x) / Σ exp(x)} along an axis, or the logarithm of that; the greatest is taken off first, so that no
 * exponential overflows. Neighbours along the axes inside of it are worked on side by side.
 */
public final class AxisSoftmax implements Operator {
    private static final int SIDE_BY_SIDE = 256;

    private final Buffer input;
    private final Buffer output;
    private final int outer;
    private final int size;
    private final int inner;
    private final boolean logarithm;
    private final Pool pool;
    private final int blocks;
    private final float[][] numbers;
    private final float[][] greatest;
    private final double[][] sums;

    /**
     * A softmax.
     *
     * @param outer the product of the axes outside of that along which it is
     * @param size of that
     * @param inner the product of the axes inside of it
     */
    public AxisSoftmax(Buffer input, Buffer output, int outer, int size, int inner, boolean logarithm, Pool pool) {
        this.input = input;
        this.output = output;
        this.outer = outer;
        this.size = size;
        this.inner = inner;
        this.logarithm = logarithm;
        this.pool = pool;
        this.blocks = Math.ceilDiv(inner, SIDE_BY_SIDE);
        int width = Math.min(inner, SIDE_BY_SIDE);
        this.numbers = Floats.forEachWorker(pool, width);
        this.greatest = Floats.forEachWorker(pool, width);
        this.sums = new double[pool.threads()][width];
    }

    @Override
    public void run() {
        pool.run(Math.multiplyExact(outer, blocks), this::item);
    }

    private void item(int item, int worker) {
        int from = item % blocks * SIDE_BY_SIDE;
        int width = Math.min(SIDE_BY_SIDE, inner - from);
        long first = (long) (item / blocks) * size * inner + from;
        float[] x = numbers[worker];
        float[] most = greatest[worker];
        double[] sum = sums[worker];
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        Arrays.fill(sum, 0);
        for (long i = 0; i < size; i++) {
            Floats.read(input, first + i * inner, x, width);
            for (int j = 0; j < width; j++) {
                most[j] = Math.max(most[j], x[j]);
            }
        }
        for (long i = 0; i < size; i++) {
            Floats.read(input, first + i * inner, x, width);
            for (int j = 0; j < width; j++) {
                x[j] -= most[j];
            }
            Exponentials.of(x, x, width);
            for (int j = 0; j < width; j++) {
                sum[j] += x[j];
            }
            if (!logarithm) {
                Floats.write(x, width, output, first + i * inner);
            }
        }
        Buffer shifted = logarithm ? input : output;
        for (long i = 0; i < size; i++) {
            Floats.read(shifted, first + i * inner, x, width);
            for (int j = 0; j < width; j++) {
                x[j] = (float) (logarithm ? x[j] - most[j] - Math.log(sum[j]) : x[j] / sum[j]);
            }
            Floats.write(x, width, output, first + i * inner);
        }
    }
}
