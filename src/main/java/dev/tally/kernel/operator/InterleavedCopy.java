package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;

/** Rows whose elements are taken from several in turn: the first of each, then the second of each. */
public final class InterleavedCopy implements Operator {
    private final Strided from;
    private final int parts;
    private final int length;
    private final Buffer output;
    private final Pool pool;
    private final int rows;
    private final int rowsOfItem;
    private final float[][] read;
    private final float[][] interleaved;

    /**
     * A copy to the beginning of a buffer.
     *
     * @param from the rows' parts, one after the other
     * @param parts of a row
     * @param length of a part
     */
    public InterleavedCopy(Strided from, int parts, int length, Buffer output, Pool pool) {
        this.from = from;
        this.parts = parts;
        this.length = length;
        this.output = output;
        this.pool = pool;
        int row = Math.multiplyExact(parts, length);
        this.rows = Math.toIntExact(from.elements() / row);
        this.rowsOfItem = Math.clamp(Floats.CHUNK / row, 1, rows);
        this.read = Floats.forEachWorker(pool, rowsOfItem * row);
        this.interleaved = Floats.forEachWorker(pool, rowsOfItem * row);
    }

    @Override
    public void run() {
        pool.run(Math.ceilDiv(rows, rowsOfItem), this::item);
    }

    private void item(int item, int worker) {
        int row = parts * length;
        int first = item * rowsOfItem;
        int count = Math.min(rowsOfItem, rows - first) * row;
        float[] in = read[worker];
        float[] out = interleaved[worker];
        from.read((long) first * row, in, count);
        for (int at = 0; at < count; at += row) {
            for (int part = 0; part < parts; part++) {
                for (int i = 0; i < length; i++) {
                    out[at + i * parts + part] = in[at + part * length + i];
                }
            }
        }
        Floats.write(out, count, output, (long) first * row);
    }
}
