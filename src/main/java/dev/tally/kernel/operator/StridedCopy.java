package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;

/** Elements brought into another order. */
public final class StridedCopy implements Operator {
    private final Strided from;
    private final Buffer output;
    private final long elements;
    private final Pool pool;
    private final float[][] scratch;

    /** A copy of the elements, in the order in which they are gone through, to the beginning of a buffer. */
    public StridedCopy(Strided from, Buffer output, Pool pool) {
        this.from = from;
        this.output = output;
        this.elements = from.elements();
        this.pool = pool;
        this.scratch = Floats.forEachWorker(pool, (int) Math.min(elements, Floats.CHUNK));
    }

    @Override
    public void run() {
        pool.run(Floats.chunks(elements), this::item);
    }

    private void item(int chunk, int worker) {
        int count = Floats.sizeOf(chunk, elements);
        long first = (long) chunk * Floats.CHUNK;
        from.read(first, scratch[worker], count);
        Floats.write(scratch[worker], count, output, first);
    }
}
