package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Tensors laid end to end along an axis: of each, a block of neighbouring elements after the other. */
public final class Concatenation implements Operator {
    private final List<Buffer> inputs;
    private final long[] blockBytes;
    private final long[] blockAt;
    private final long stepBytes;
    private final int blocks;
    private final Buffer output;
    private final Pool pool;

    /**
     * A concatenation.
     *
     * @param blocks how many blocks each tensor has: the product of the axes outside of that along which it is
     * @param floats how many floats a block of each tensor has
     */
    public Concatenation(List<Buffer> inputs, int blocks, List<Long> floats, Buffer output, Pool pool) {
        this.inputs = List.copyOf(inputs);
        this.blocks = blocks;
        this.blockBytes = new long[floats.size()];
        this.blockAt = new long[floats.size()];
        long at = 0;
        for (int i = 0; i < blockBytes.length; i++) {
            blockBytes[i] = floats.get(i) * Float.BYTES;
            blockAt[i] = at;
            at += blockBytes[i];
        }
        this.stepBytes = at;
        this.output = output;
        this.pool = pool;
    }

    @Override
    public void run() {
        pool.run(Math.multiplyExact(blocks, inputs.size()), this::item);
    }

    private void item(int item, int worker) {
        int input = item / blocks;
        long block = item % blocks;
        MemorySegment.copy(
                inputs.get(input).data(),
                block * blockBytes[input],
                output.data(),
                block * stepBytes + blockAt[input],
                blockBytes[input]);
    }
}
