package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.lang.foreign.MemorySegment;

/** Blocks of neighbours, in each of which elements are moved towards its end and from there to its beginning. */
public final class RolledCopy implements Operator {
    private final Buffer input;
    private final Buffer output;
    private final int blocks;
    private final long block;
    private final long by;
    private final Pool pool;
    private final int blocksOfItem;

    /**
     * A copy.
     *
     * @param blocks how many blocks there are
     * @param block elements of one
     * @param by how far they are moved, less than a block
     */
    public RolledCopy(Buffer input, Buffer output, int blocks, long block, long by, Pool pool) {
        this.input = input;
        this.output = output;
        this.blocks = blocks;
        this.block = block;
        this.by = by;
        this.pool = pool;
        this.blocksOfItem = (int) Math.max(1, Floats.CHUNK / block);
    }

    @Override
    public void run() {
        pool.run(Math.ceilDiv(blocks, blocksOfItem), this::item);
    }

    private void item(int item, int worker) {
        long end = Math.min(blocks, (item + 1L) * blocksOfItem);
        for (long i = (long) item * blocksOfItem; i < end; i++) {
            copy(i * block, i * block + by, block - by);
            copy(i * block + block - by, i * block, by);
        }
    }

    private void copy(long from, long to, long floats) {
        MemorySegment.copy(input.data(), from * Float.BYTES, output.data(), to * Float.BYTES, floats * Float.BYTES);
    }
}
