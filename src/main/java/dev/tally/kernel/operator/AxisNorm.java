package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/**
 * As {@link SetNorm}, where a set is all elements along an axis and sets lie side by side along the axes inside of it:
 * a layer norm of the channels. Neighbouring sets are worked on together.
 */
public final class AxisNorm implements Operator {
    private static final int SIDE_BY_SIDE = 256;

    private final Buffer input;
    private final Buffer output;
    private final int outer;
    private final int size;
    private final int inner;
    private final NormNumbers numbers;
    private final Pool pool;
    private final int blocks;
    private final float[][] scratch;
    private final float[][] means;
    private final float[][] scales;
    private final double[][] sums;

    /**
     * A norm along an axis.
     *
     * @param outer the product of the axes outside of that along which it is
     * @param size of that, each place along which is a piece with numbers of its own
     * @param inner the product of the axes inside of it
     */
    public AxisNorm(Buffer input, Buffer output, int outer, int size, int inner, NormNumbers numbers, Pool pool) {
        this.input = input;
        this.output = output;
        this.outer = outer;
        this.size = size;
        this.inner = inner;
        this.numbers = numbers;
        this.pool = pool;
        this.blocks = Math.ceilDiv(inner, SIDE_BY_SIDE);
        int width = Math.min(inner, SIDE_BY_SIDE);
        this.scratch = Floats.forEachWorker(pool, width);
        this.means = Floats.forEachWorker(pool, width);
        this.scales = Floats.forEachWorker(pool, width);
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
        float[] mean = means[worker];
        float[] scale = scales[worker];
        double[] sum = sums[worker];
        Arrays.fill(mean, 0);
        if (numbers.centred()) {
            sum(first, width, worker);
            for (int j = 0; j < width; j++) {
                mean[j] = (float) (sum[j] / size);
            }
        }
        sumOfSquares(first, width, worker);
        for (int j = 0; j < width; j++) {
            scale[j] = (float) (1 / Math.sqrt(sum[j] / size + numbers.epsilon()));
        }
        float[] x = scratch[worker];
        for (int i = 0; i < size; i++) {
            Floats.read(input, first + (long) i * inner, x, width);
            float gamma = numbers.scale(i);
            float beta = numbers.shift(i);
            for (int j = 0; j < width; j++) {
                x[j] = (x[j] - mean[j]) * scale[j] * gamma + beta;
            }
            Floats.write(x, width, output, first + (long) i * inner);
        }
    }

    private void sum(long first, int width, int worker) {
        float[] x = scratch[worker];
        double[] sum = sums[worker];
        Arrays.fill(sum, 0);
        for (long i = 0; i < size; i++) {
            Floats.read(input, first + i * inner, x, width);
            for (int j = 0; j < width; j++) {
                sum[j] += x[j];
            }
        }
    }

    private void sumOfSquares(long first, int width, int worker) {
        float[] x = scratch[worker];
        float[] mean = means[worker];
        double[] sum = sums[worker];
        Arrays.fill(sum, 0);
        for (long i = 0; i < size; i++) {
            Floats.read(input, first + i * inner, x, width);
            for (int j = 0; j < width; j++) {
                float off = x[j] - mean[j];
                sum[j] += off * off;
            }
        }
    }
}
