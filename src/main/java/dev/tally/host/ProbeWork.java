package dev.tally.host;

import dev.tally.kernel.MachineLoops;
import dev.tally.kernel.WarmUp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What a core does for a probe: a small matrix product, over and over, inside its own caches. Allocates nothing. */
final class ProbeWork {
    private static final int SIZE = MachineLoops.COLUMNS;
    private static final long WARM_UP_NANOS = 5_000_000_000L;

    /** What four rows take at most in machine code, up to 4,096 multiply-adds of vectors. */
    private static final long ROWS_NANOS = 20_000;

    private final MachineLoops loops;
    private final int products;
    private final MemorySegment a = Arena.global().allocate(SIZE * SIZE * Float.BYTES, 64);
    private final MemorySegment b = Arena.global().allocate(SIZE * SIZE * Float.BYTES, 64);
    private final MemorySegment c = Arena.global().allocate(SIZE * SIZE * Float.BYTES, 64);

    ProbeWork(MachineLoops loops) {
        this.loops = loops;
        // Wider vectors do the same product in less time; as many products as make 0.4 ms of it at 4 GHz.
        this.products = loops.vectorBits() == 0 ? 5 : loops.vectorBits() / 5;
        for (int i = 0; i < SIZE * SIZE; i++) {
            a.setAtIndex(ValueLayout.JAVA_FLOAT, i, (i % 7 - 3) * 0.25f);
            b.setAtIndex(ValueLayout.JAVA_FLOAT, i, (i % 11 - 5) * 0.125f);
        }
    }

    /** {@return how long it took, in nanoseconds} */
    long run() {
        long begin = System.nanoTime();
        for (int i = 0; i < products; i++) {
            loops.matrixProduct(SIZE, a, b, c);
        }
        return System.nanoTime() - begin;
    }

    /** Brings the loops to the speed that they keep, for all that use them. */
    void warmUp() {
        WarmUp.untilSteady(() -> loops.matrixProduct(4, a, b, c), loops.compiledNanos(ROWS_NANOS), WARM_UP_NANOS);
    }
}
