package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/** Along an axis, elements that are weighted sums of a few neighbours: interpolation. */
public final class AxisInterpolation implements Operator {
    /** Rows of fewer floats are not worth a copy each. */
    private static final int NARROW = 32;

    private static final int WIDE = 1024;
    private static final int ROWS_OF_BLOCK = 64;

    private final Buffer input;
    private final Buffer output;
    private final int outer;
    private final int size;
    private final int inner;
    private final Taps taps;
    private final Pool pool;
    private final int[] blocks;
    private final int chunks;
    private final float[][] flat;
    private final float[][] out;
    private final float[][][] rows;

    /** What the output elements along the axis are made of. */
    public static final class Taps {
        private final int[][] places;
        private final float[][] weights;

        /**
         * Taps.
         *
         * @param places of the input by tap, ascending from a tap to the next and from an output element to the next
         * @param weights of them, by tap likewise
         */
        public Taps(int[][] places, float[][] weights) {
            this.places = places.clone();
            this.weights = weights.clone();
        }

        private int out() {
            return places[0].length;
        }

        private int first(int output) {
            return places[0][output];
        }

        private int last(int output) {
            return places[places.length - 1][output];
        }

        /** {@return where blocks of outputs begin, and the end: none reads from or gives more rows than it may} */
        private int[] blocks(int most) {
            int[] begins = new int[out() + 1];
            int blocks = 0;
            for (int i = 1; i < out(); i++) {
                if (last(i) - first(begins[blocks]) >= most || i - begins[blocks] >= most) {
                    blocks++;
                    begins[blocks] = i;
                }
            }
            begins[blocks + 1] = out();
            return Arrays.copyOf(begins, blocks + 2);
        }
    }

    /**
     * An interpolation.
     *
     * @param outer the product of the axes outside of that along which it is
     * @param size of that
     * @param inner the product of the axes inside of it
     */
    public AxisInterpolation(Buffer input, Buffer output, int outer, int size, int inner, Taps taps, Pool pool) {
        this.input = input;
        this.output = output;
        this.outer = outer;
        this.size = size;
        this.inner = inner;
        this.taps = taps;
        this.pool = pool;
        boolean narrow = inner < NARROW;
        int most = narrow ? Floats.CHUNK / inner : ROWS_OF_BLOCK;
        this.blocks = taps.blocks(most);
        this.chunks = narrow ? 1 : Math.ceilDiv(inner, WIDE);
        int width = Math.min(inner, WIDE);
        this.flat = Floats.forEachWorker(pool, narrow ? most * inner : 0);
        this.out = Floats.forEachWorker(pool, narrow ? most * inner : width);
        this.rows = new float[pool.threads()][narrow ? 0 : most][width];
    }

    @Override
    public void run() {
        int items = Math.multiplyExact(Math.multiplyExact(outer, blocks.length - 1), chunks);
        pool.run(items, inner < NARROW ? this::narrow : this::wide);
    }

    private void narrow(int item, int worker) {
        int block = item % (blocks.length - 1);
        long slab = item / (blocks.length - 1);
        int begin = blocks[block];
        int end = blocks[block + 1];
        int low = taps.first(begin);
        float[] from = flat[worker];
        float[] to = out[worker];
        Floats.read(input, (slab * size + low) * inner, from, (taps.last(end - 1) - low + 1) * inner);
        int count = end - begin;
        Arrays.fill(to, 0, count * inner, 0);
        for (int tap = 0; tap < taps.places.length; tap++) {
            int[] places = taps.places[tap];
            float[] weights = taps.weights[tap];
            if (inner == 1) {
                for (int i = 0; i < count; i++) {
                    to[i] += weights[begin + i] * from[places[begin + i] - low];
                }
            } else {
                for (int i = 0; i < count; i++) {
                    int at = (places[begin + i] - low) * inner;
                    for (int j = 0; j < inner; j++) {
                        to[i * inner + j] += weights[begin + i] * from[at + j];
                    }
                }
            }
        }
        Floats.write(to, count * inner, output, (slab * taps.out() + begin) * inner);
    }

    private void wide(int item, int worker) {
        int block = item % (blocks.length - 1);
        int chunk = item / (blocks.length - 1) % chunks;
        long slab = item / (blocks.length - 1) / chunks;
        int from = chunk * WIDE;
        int count = Math.min(WIDE, inner - from);
        int low = taps.first(blocks[block]);
        int high = taps.last(blocks[block + 1] - 1);
        float[][] near = rows[worker];
        float[] sum = out[worker];
        for (int i = low; i <= high; i++) {
            Floats.read(input, (slab * size + i) * inner + from, near[i - low], count);
        }
        for (int i = blocks[block]; i < blocks[block + 1]; i++) {
            Arrays.fill(sum, 0);
            for (int tap = 0; tap < taps.places.length; tap++) {
                add(near[taps.places[tap][i] - low], taps.weights[tap][i], sum, count);
            }
            Floats.write(sum, count, output, (slab * taps.out() + i) * inner + from);
        }
    }

    private static void add(float[] row, float weight, float[] sum, int count) {
        for (int j = 0; j < count; j++) {
            sum[j] += row[j] * weight;
        }
    }
}
