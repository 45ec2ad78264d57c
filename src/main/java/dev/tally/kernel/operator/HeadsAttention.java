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
    private static final int BLOCK = 256;
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
        final Panel queries;
        final BlockProduct keys;
        final Panel scores;
        final BlockProduct values;
        final Panel out;
        final float[] line;

        /** Rows of scores whose exponentials are worked out together. */
        final int together;

        final float[] chunk;
        final float[] greatestOfChunk;
        final float[] row;
        final float[] greatest;
        final float[] before;
        final double[] sums;

        Scratch(Sizes sizes, int width, int depth, Vectors by) {
            queries = by.panel(sizes.keyDim, width);
            keys = new BlockProduct(by, depth, sizes.keyDim, queries.pitch());
            scores = by.panel(depth, width);
            values = new BlockProduct(by, sizes.valueDim, depth, scores.pitch());
            out = by.panel(sizes.valueDim, width);
            line = new float[Matrices.room(Math.max(sizes.keyDim, sizes.valueDim), width)];
            together = Math.max(1, Floats.CHUNK / scores.pitch());
            chunk = new float[together * scores.pitch()];
            greatestOfChunk = new float[chunk.length];
            row = new float[width];
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
            Matrices query,
            Matrices key,
            Matrices value,
            Matrices output,
            Sizes sizes,
            int[] numbered,
            Vectors by,
            Pool pool) {
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
            scratch[i] = new Scratch(sizes, Math.min(sizes.queries, block), Math.min(sizes.keys, block), by);
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
        scaleRows(on, sizes.keyDim, width, (float) (1 / Math.sqrt(sizes.keyDim)));
        Arrays.fill(on.greatest, Float.NEGATIVE_INFINITY);
        Arrays.fill(on.sums, 0);
        on.out.clear(sizes.valueDim);
        for (int from = 0; from < sizes.keys; from += block) {
            int depth = Math.min(block, sizes.keys - from);
            on.keys.pack(key, key.place(head, numbered, from, 0), depth, sizes.keyDim);
            on.scores.clear(depth);
            on.keys.add(on.queries, on.scores, depth, sizes.keyDim, width);
            raise(on, depth, width);
            if (from > 0) {
                multiplyRows(on.out, sizes.valueDim, width, on);
            }
            exponentiate(on, depth, width);
            on.values.pack(value, value.place(head, numbered, 0, from), sizes.valueDim, depth);
            on.values.add(on.scores, on.out, sizes.valueDim, depth, width);
        }
        for (int j = 0; j < width; j++) {
            on.before[j] = (float) (1 / on.sums[j]);
        }
        multiplyRows(on.out, sizes.valueDim, width, on);
        output.write(on.out, sizes.valueDim, width, output.place(head, numbered, 0, first), on.line);
    }

    private static void scaleRows(Scratch on, int rows, int width, float factor) {
        float[] row = on.row;
        for (int i = 0; i < rows; i++) {
            on.queries.read(i, row, width);
            for (int j = 0; j < width; j++) {
                row[j] *= factor;
            }
            on.queries.write(row, width, i);
        }
    }

    /** Finds the greatest scores so far; by what is to be multiplied what was summed relative to those before. */
    private static void raise(Scratch on, int depth, int width) {
        float[] row = on.row;
        float[] greatest = on.greatest;
        float[] before = on.before;
        double[] sums = on.sums;
        System.arraycopy(greatest, 0, before, 0, width);
        for (int i = 0; i < depth; i++) {
            on.scores.read(i, row, width);
            for (int j = 0; j < width; j++) {
                greatest[j] = Math.max(greatest[j], row[j]);
            }
        }
        subtract(before, greatest, width);
        Exponentials.of(before, before, width);
        for (int j = 0; j < width; j++) {
            sums[j] *= before[j];
        }
    }

    /** Makes scores exponentials, relative to the greatest so far, and sums them. */
    private static void exponentiate(Scratch on, int depth, int width) {
        int pitch = on.scores.pitch();
        float[] chunk = on.chunk;
        for (int i = 0; i < on.together; i++) {
            System.arraycopy(on.greatest, 0, on.greatestOfChunk, i * pitch, width);
        }
        for (int first = 0; first < depth; first += on.together) {
            int rows = Math.min(on.together, depth - first);
            int count = rows * pitch;
            on.scores.read(first, chunk, count);
            subtract(chunk, on.greatestOfChunk, count);
            Exponentials.of(chunk, chunk, count);
            for (int i = 0; i < rows; i++) {
                add(on.sums, chunk, i * pitch, width);
            }
            on.scores.write(chunk, count, first);
        }
    }

    private static void add(double[] sums, float[] numbers, int at, int count) {
        for (int j = 0; j < count; j++) {
            sums[j] += numbers[at + j];
        }
    }

    private static void multiplyRows(Panel rows, int count, int width, Scratch by) {
        float[] row = by.row;
        float[] factors = by.before;
        for (int i = 0; i < count; i++) {
            rows.read(i, row, width);
            for (int j = 0; j < width; j++) {
                row[j] *= factors[j];
            }
            rows.write(row, width, i);
        }
    }

    private static void subtract(float[] row, float[] others, int count) {
        for (int j = 0; j < count; j++) {
            row[j] -= others[j];
        }
    }
}
