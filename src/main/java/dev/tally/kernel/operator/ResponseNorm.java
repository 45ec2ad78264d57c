package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/**
 * Local response normalisation across channels: {@code x / (bias + alpha / size · Σ x²)^beta}, the sum over
 * neighbouring channels. The squares of those are kept, some positions of each side by side.
 */
public final class ResponseNorm implements Operator {
    private static final int SIDE_BY_SIDE = 512;

    /** The usual exponent, for which two roots do. */
    private static final double THREE_QUARTERS = 0.75;

    /**
     * The formula's numbers.
     *
     * @param size how many channels a sum spans, {@code floor((size - 1) / 2)} of them before the channel itself
     */
    public record Numbers(int size, double alpha, double beta, double bias) {}

    private final Buffer input;
    private final Buffer output;
    private final int samples;
    private final int channels;
    private final long plane;
    private final Numbers numbers;
    private final int before;
    private final int kept;
    private final int blocks;
    private final Pool pool;
    private final float[][][] squares;
    private final float[][] sums;
    private final float[][] values;

    /**
     * A norm.
     *
     * @param plane elements of a channel
     */
    public ResponseNorm(
            Buffer input, Buffer output, int samples, int channels, long plane, Numbers numbers, Pool pool) {
        this.input = input;
        this.output = output;
        this.samples = samples;
        this.channels = channels;
        this.plane = plane;
        this.numbers = numbers;
        this.before = (numbers.size() - 1) / 2;
        this.kept = Math.min(numbers.size(), channels);
        this.blocks = Math.toIntExact(Math.ceilDiv(plane, (long) SIDE_BY_SIDE));
        this.pool = pool;
        int width = (int) Math.min(plane, SIDE_BY_SIDE);
        this.squares = new float[pool.threads()][kept][width];
        this.sums = Floats.forEachWorker(pool, width);
        this.values = Floats.forEachWorker(pool, width);
    }

    @Override
    public void run() {
        pool.run(Math.multiplyExact(samples, blocks), this::item);
    }

    private void item(int item, int worker) {
        long from = (long) (item % blocks) * SIDE_BY_SIDE;
        int width = (int) Math.min(SIDE_BY_SIDE, plane - from);
        long first = (long) (item / blocks) * channels * plane + from;
        float[][] ring = squares[worker];
        float[] sum = sums[worker];
        float[] value = values[worker];
        int known = 0;
        for (int c = 0; c < channels; c++) {
            int begin = Math.max(0, c - before);
            int end = (int) Math.min(channels, (long) c - before + numbers.size());
            for (; known < end; known++) {
                float[] square = ring[known % kept];
                Floats.read(input, first + known * plane, square, width);
                square(square, width);
            }
            Arrays.fill(sum, 0);
            for (int other = begin; other < end; other++) {
                add(sum, ring[other % kept], width);
            }
            Floats.read(input, first + c * plane, value, width);
            scale(value, sum, width);
            Floats.write(value, width, output, first + c * plane);
        }
    }

    private static void square(float[] numbers, int count) {
        for (int i = 0; i < count; i++) {
            numbers[i] *= numbers[i];
        }
    }

    private static void add(float[] into, float[] other, int count) {
        for (int i = 0; i < count; i++) {
            into[i] += other[i];
        }
    }

    private void scale(float[] value, float[] sum, int count) {
        float share = (float) (numbers.alpha() / numbers.size());
        float bias = (float) numbers.bias();
        if (numbers.beta() == THREE_QUARTERS) {
            for (int i = 0; i < count; i++) {
                float root = (float) Math.sqrt(bias + share * sum[i]);
                value[i] /= root * (float) Math.sqrt(root);
            }
        } else {
            for (int i = 0; i < count; i++) {
                value[i] = (float) (value[i] / Math.pow(bias + share * sum[i], numbers.beta()));
            }
        }
    }
}
