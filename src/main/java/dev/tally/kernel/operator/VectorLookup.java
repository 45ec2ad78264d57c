package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.lang.foreign.MemorySegment;

/** A vector of a table for each number, looked up by it. */
public final class VectorLookup implements Operator {
    private static final int TOGETHER = 256;

    private final Strided numbers;
    private final int positions;
    private final Buffer table;
    private final int entries;
    private final int units;
    private final boolean vectorsWhole;
    private final Buffer output;
    private final Pool pool;
    private final int blocks;
    private final int samples;
    private final float[][] scratch;

    /**
     * A look-up.
     *
     * @param numbers of which vectors, sample by sample, in the order in which the positions of the output lie
     * @param positions of a sample
     * @param table the vectors, one after the other
     * @param entries how many those are
     * @param units floats of one
     * @param vectorsWhole whether the output is {@code (samples, positions, units)}, or {@code (samples, units,
     *     positions)}
     */
    public VectorLookup(
            Strided numbers,
            int positions,
            Buffer table,
            int entries,
            int units,
            boolean vectorsWhole,
            Buffer output,
            Pool pool) {
        this.numbers = numbers;
        this.positions = positions;
        this.table = table;
        this.entries = entries;
        this.units = units;
        this.vectorsWhole = vectorsWhole;
        this.output = output;
        this.pool = pool;
        this.blocks = Math.ceilDiv(positions, TOGETHER);
        this.samples = Math.toIntExact(numbers.elements() / positions);
        this.scratch = Floats.forEachWorker(pool, Math.min(positions, TOGETHER));
    }

    /**
     * Looks up.
     *
     * @throws IllegalArgumentException if a number is none of an entry
     */
    @Override
    public void run() {
        pool.run(Math.multiplyExact(samples, blocks), this::item);
    }

    private void item(int item, int worker) {
        int first = item % blocks * TOGETHER;
        int count = Math.min(TOGETHER, positions - first);
        long sample = item / blocks;
        float[] looked = scratch[worker];
        numbers.read(sample * positions + first, looked, count);
        if (vectorsWhole) {
            for (int i = 0; i < count; i++) {
                long to = (sample * positions + first + i) * units;
                MemorySegment.copy(
                        table.data(),
                        entry(looked[i]) * units * Float.BYTES,
                        output.data(),
                        to * Float.BYTES,
                        (long) units * Float.BYTES);
            }
            return;
        }
        // A line of the cache holds several floats of a vector, which are next.
        for (int unit = 0; unit < units; unit++) {
            long to = (sample * units + unit) * positions + first;
            for (int i = 0; i < count; i++) {
                output.set(to + i, table.get(entry(looked[i]) * units + unit));
            }
        }
    }

    private long entry(float number) {
        long entry = Math.round((double) number);
        if (entry < 0 || entry >= entries) {
            throw new IllegalArgumentException(
                    "expected a number from 0 to " + (entries - 1) + " to look up, got " + entry);
        }
        return entry;
    }
}
