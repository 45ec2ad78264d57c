package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/** For each place of the output, an element of the input's same channel, or 0: margins added, elements repeated. */
public final class PlaneGather implements Operator {
    /** In a table: nothing of the input stands there. */
    public static final int ZERO = -1;

    private final Buffer input;
    private final Buffer output;
    private final int planes;
    private final int[] sizes;
    private final int[][] tables;
    private final Pool pool;
    private final float[][] row;
    private final float[][] gathered;

    /**
     * A gathering.
     *
     * @param planes channels of all samples
     * @param sizes of the input's three spatial axes
     * @param tables for each of them and each place of the output, the place of the input, or {@link #ZERO}
     */
    public PlaneGather(Buffer input, Buffer output, int planes, int[] sizes, int[][] tables, Pool pool) {
        this.input = input;
        this.output = output;
        this.planes = planes;
        this.sizes = sizes.clone();
        this.tables = tables.clone();
        this.pool = pool;
        this.row = Floats.forEachWorker(pool, sizes[2]);
        this.gathered = Floats.forEachWorker(pool, tables[2].length);
    }

    @Override
    public void run() {
        pool.run(planes, this::plane);
    }

    private void plane(int plane, int worker) {
        int width = tables[2].length;
        long to = (long) plane * tables[0].length * tables[1].length * width;
        float[] into = gathered[worker];
        for (int z : tables[0]) {
            for (int y : tables[1]) {
                if (z == ZERO || y == ZERO) {
                    Arrays.fill(into, 0);
                } else {
                    Floats.read(
                            input, (((long) plane * sizes[0] + z) * sizes[1] + y) * sizes[2], row[worker], sizes[2]);
                    gather(row[worker], tables[2], into);
                }
                Floats.write(into, width, output, to);
                to += width;
            }
        }
    }

    private static void gather(float[] from, int[] places, float[] into) {
        for (int i = 0; i < places.length; i++) {
            into[i] = places[i] == ZERO ? 0 : from[places[i]];
        }
    }
}
