package dev.tally.host;

import dev.tally.kernel.MachineLoops;
import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.WarmUp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fixed piece of work that tells how disturbed the machine is: a small matrix product, over and over, on the calling
 * thread and inside its own caches, for about 0.4 ms. What slows it down slows down what is measured beside it; neither
 * CPU time nor the time stolen from a virtual machine shows that.
 *
 * <p>Allocates nothing. Threads that run it at once wait for each other.
 */
public final class Probe {
    private static final int SIZE = MachineLoops.COLUMNS;
    private static final long WARM_UP_NANOS = 5_000_000_000L;

    /** What four rows take at most in machine code, up to 4,096 multiply-adds of vectors. */
    private static final long ROWS_NANOS = 20_000;

    private static final long STEADY_NANOS = 300_000_000;
    private static final int QUIET_RUNS = 50;

    private final MachineLoops loops;
    private final int products;
    private final MemorySegment a = Arena.global().allocate(SIZE * SIZE * Float.BYTES, 64);
    private final MemorySegment b = Arena.global().allocate(SIZE * SIZE * Float.BYTES, 64);
    private final MemorySegment c = Arena.global().allocate(SIZE * SIZE * Float.BYTES, 64);
    private long baselineNanos = Long.MAX_VALUE;
    private boolean warm;

    private Probe(MachineLoops loops) {
        this.loops = loops;
        // Wider vectors do the same product in less time; as many products as make 0.4 ms of it at 4 GHz.
        this.products = loops.vectorBits() == 0 ? 5 : loops.vectorBits() / 5;
        for (int i = 0; i < SIZE * SIZE; i++) {
            a.setAtIndex(ValueLayout.JAVA_FLOAT, i, (i % 7 - 3) * 0.25f);
            b.setAtIndex(ValueLayout.JAVA_FLOAT, i, (i % 11 - 5) * 0.125f);
        }
    }

    /** {@return the probe of this process, with its baseline} */
    public static Probe current() {
        return Current.PROBE;
    }

    /**
     * {@return how long one probe took just now, in nanoseconds} The shortest of all becomes the baseline. Before
     * {@link #warmUp} the first ones take a hundred times as long.
     */
    public synchronized long run() {
        long begin = System.nanoTime();
        for (int i = 0; i < products; i++) {
            loops.matrixProduct(SIZE, a, b, c);
        }
        long nanos = System.nanoTime() - begin;
        baselineNanos = Math.min(baselineNanos, nanos);
        return nanos;
    }

    /** {@return the shortest probe since the process began, in nanoseconds; the first one is run if there was none} */
    public synchronized long baselineNanos() {
        return baselineNanos == Long.MAX_VALUE ? run() : baselineNanos;
    }

    /** Brings the probe to the speed that it keeps, in a second at most; does nothing when it has done so. */
    public synchronized void warmUp() {
        if (warm) {
            return;
        }
        WarmUp.untilSteady(() -> loops.matrixProduct(4, a, b, c), loops.compiledNanos(ROWS_NANOS), WARM_UP_NANOS);
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        for (int quiet = 0; quiet < QUIET_RUNS && System.nanoTime() - begin < STEADY_NANOS; quiet++) {
            long nanos = run();
            if (nanos < best - best / 100) {
                quiet = 0;
            }
            best = Math.min(best, nanos);
        }
        warm = true;
    }

    private static final class Current {
        static final Probe PROBE = new Probe(VectorSupport.current().loops().getFirst());
    }
}
