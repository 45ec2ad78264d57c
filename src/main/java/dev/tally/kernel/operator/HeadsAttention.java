package dev.tally.kernel.operator;

import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/**
 * Scaled dot product attention, {@code softmax(Q Kᵀ / √d) V}, of many heads (Vaswani et al., 2017). A block of queries
 * meets the keys block by block, so that never more scores are held than those of two blocks: what was summed by lesser
 * scores is scaled down when a greater one comes (Milakov and Gimelshein, 2018). Queries lie side by side throughout,
 * which makes a softmax of many queries steps on rows.
 */
public final class HeadsAttention implements Operator {
    private static final int BLOCK = 128;
    private static final int FEWEST = 16;
    private static final int MOST_FLOATS = 1 << 16;

    private final Matrices query;
    private final Matrices key;
    private final Matrices value;
    private final Matrices output;
    private final Sizes sizes;
    private final int[] numbered;
    private final Pool pool;
    private final int block;
    private final int queryBlocks;
    private final Scratch[] scratch;

    /**
     * The sizes of the products of one head.
     *
     * @param queries positions of a query
     * @param keys positions of keys and values
     * @param keyDim the length of queries and keys
     * @param valueDim the length of values
     */
    public record Sizes(int queries, int keys, int keyDim, int valueDim) {}

    /** What a worker holds. */
    private static final class Scratch {
        final float[][] queries;
        final float[][] keys;
        final float[][] values;
        final float[][] scores;
        final float[][] out;
        final float[] line;
        final float[] greatest;
        final float[] before;
        final double[] sums;

        Scratch(Sizes sizes, int width, int depth) {
            queries = new float[sizes.keyDim][width];
            keys = new float[depth][sizes.keyDim];
            values = new float[sizes.valueDim][depth];
            scores = new float[depth][width];
            out = new float[sizes.valueDim][width];
            line = new float[Math.max(Math.max(width, depth), Math.max(sizes.keyDim, sizes.valueDim))];
            greatest = new float[width];
            before = new float[width];
            sums = new double[width];
        }
    }

    /**
     * Attention.
     *
     * @param query a matrix of {@code queries × keyDim} for each head, key, value and output likewise
     * @param numbered the sizes of the axes along which heads are numbered
     */
    public HeadsAttention(
            Matrices query, Matrices key, Matrices value, Matrices output, Sizes sizes, int[] numbered, Pool pool) {
        this.query = query.transposed();
        this.key = key;
        this.value = value.transposed();
        this.output = output.transposed();
        this.sizes = sizes;
        this.numbered = numbered.clone();
        this.pool = pool;
        this.block = Math.clamp(MOST_FLOATS / Math.max(sizes.keyDim, sizes.valueDim), FEWEST, BLOCK);
        this.queryBlocks = Math.ceilDiv(sizes.queries, block);
        this.scratch = new Scratch[pool.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new Scratch(sizes, Math.min(sizes.queries, block), Math.min(sizes.keys, block));
        }
    }

    @Override
    public void run() {
        int items = queryBlocks;
        for (int size : numbered) {
            items = Math.multiplyExact(items, size);
        }
        pool.run(items, this::item);
    }

    private void item(int item, int worker) {
        Scratch on = scratch[worker];
        int first = item % queryBlocks * block;
        int head = item / queryBlocks;
        int width = Math.min(block, sizes.queries - first);
        query.read(query.place(head, numbered, 0, first), sizes.keyDim, width, on.queries, on.line);
        float scale = (float) (1 / Math.sqrt(sizes.keyDim));
        for (float[] row : on.queries) {
            scale(row, scale, width);
        }
        Arrays.fill(on.greatest, Float.NEGATIVE_INFINITY);
        Arrays.fill(on.sums, 0);
        clear(on.out);
        for (int from = 0; from < sizes.keys; from += block) {
            int depth = Math.min(block, sizes.keys - from);
            key.read(key.place(head, numbered, from, 0), depth, sizes.keyDim, on.keys, on.line);
            clear(on.scores);
            RowProducts.add(on.scores, depth, on.keys, on.queries, sizes.keyDim, width);
            exponentiate(on, depth, width);
            value.read(value.place(head, numbered, 0, from), sizes.valueDim, depth, on.values, on.line);
            RowProducts.add(on.out, sizes.valueDim, on.values, on.scores, depth, width);
        }
        for (int j = 0; j < width; j++) {
            on.before[j] = (float) (1 / on.sums[j]);
        }
        for (float[] row : on.out) {
            multiply(row, on.before, width);
        }
        output.write(on.out, sizes.valueDim, width, output.place(head, numbered, 0, first), on.line);
    }

    /** Makes scores exponentials, relative to the greatest so far, and brings what was summed before to that. */
    private static void exponentiate(Scratch on, int depth, int width) {
        float[] greatest = on.greatest;
        float[] before = on.before;
        double[] sums = on.sums;
        System.arraycopy(greatest, 0, before, 0, width);
        for (int i = 0; i < depth; i++) {
            raise(greatest, on.scores[i], width);
        }
        subtract(before, greatest, width);
        Exponentials.of(before, before, width);
        for (int j = 0; j < width; j++) {
            sums[j] *= before[j];
        }
        for (float[] row : on.out) {
            multiply(row, before, width);
        }
        for (int i = 0; i < depth; i++) {
            float[] row = on.scores[i];
            subtract(row, greatest, width);
            Exponentials.of(row, row, width);
            for (int j = 0; j < width; j++) {
                sums[j] += row[j];
            }
        }
    }

    private static void clear(float[][] rows) {
        for (float[] row : rows) {
            Arrays.fill(row, 0);
        }
    }

    private static void scale(float[] row, float factor, int count) {
        for (int j = 0; j < count; j++) {
            row[j] *= factor;
        }
    }

    private static void multiply(float[] row, float[] factors, int count) {
        for (int j = 0; j < count; j++) {
            row[j] *= factors[j];
        }
    }

    private static void subtract(float[] row, float[] others, int count) {
        for (int j = 0; j < count; j++) {
            row[j] -= others[j];
        }
    }

    private static void raise(float[] row, float[] others, int count) {
        for (int j = 0; j < count; j++) {
            row[j] = Math.max(row[j], others[j]);
        }
    }
}
