package dev.tally.host;

import dev.tally.kernel.MachineLoops;
import dev.tally.kernel.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the peak: threads that begin together multiply and add for a millisecond, many times, with vectors of each
 * width in turn; the best stretch counts. It is counted from the first thread's begin to the last one's end. A stretch
 * is short so that some fall between what else the machine has to do.
 */
final class PeakMeasurement {
    /** Where the compiler is idle it takes milliseconds; while a service starts, seconds. */
    private static final long WARM_UP_NANOS = 5_000_000_000L;

    /** What 64 multiply-adds of vectors take at most in machine code. */
    private static final long STEPS_NANOS = 1_000;

    private static final int WARM_UP_STEPS = 4;
    private static final long STRETCH_NANOS = 1_000_000;

    private final List<MachineLoops> loops;
    private boolean warm;
    private volatile float sink;

    /** A measurement with these loops. */
    PeakMeasurement(List<MachineLoops> loops) {
        this.loops = loops;
    }

    private record Width(MachineLoops loops, int steps) {}

    /**
     * {@return the most that was seen just now}
     *
     * @param stretches how many, of a millisecond each, with vectors of each width
     */
    Peak with(int threads, int stretches) {
        if (!warm) {
            // Each of them, whatever the others did.
            warm = loops.stream().filter(this::warmUp).count() == loops.size();
        }
        Peak best = new Peak(0, threads, "");
        for (MachineLoops each : loops) {
            Width width = new Width(each, stepsOfAStretch(each));
            double operations = (double) threads * width.steps * each.flopsPerStep();
            double rate = operations / bestNanos(width, threads, stretches) * 1e9;
            if (rate > best.flopsPerSecond()) {
                best = new Peak(rate, threads, each.name());
            }
        }
        return best;
    }

    private boolean warmUp(MachineLoops width) {
        return WarmUp.untilSteady(
                () -> sink = width.multiplyAdd(WARM_UP_STEPS), width.compiledNanos(STEPS_NANOS), WARM_UP_NANOS);
    }

    private int stepsOfAStretch(MachineLoops width) {
        int steps = 16;
        while (true) {
            long begin = System.nanoTime();
            sink = width.multiplyAdd(steps);
            long nanos = System.nanoTime() - begin;
            if (nanos >= STRETCH_NANOS / 2 || steps > Integer.MAX_VALUE / 4) {
                return Math.clamp(steps * STRETCH_NANOS / Math.max(1, nanos), 1, Integer.MAX_VALUE);
            }
            steps *= 2;
        }
    }

    /** The shortest time in which all threads were through with one stretch each. */
    private long bestNanos(Width width, int threads, int count) {
        List<FutureTask<long[][]>> tasks = new ArrayList<>();
        AtomicInteger arrived = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            FutureTask<long[][]> task = new FutureTask<>(() -> stretches(width, threads, count, arrived));
            tasks.add(task);
            Thread.ofPlatform().name("peak-" + i).daemon().start(task);
        }
        List<long[][]> times = tasks.stream().map(Uninterrupted::result).toList();
        long best = Long.MAX_VALUE;
        for (int stretch = 0; stretch < count; stretch++) {
            long begin = Long.MAX_VALUE;
            long end = Long.MIN_VALUE;
            for (long[][] thread : times) {
                begin = Math.min(begin, thread[stretch][0]);
                end = Math.max(end, thread[stretch][1]);
            }
            best = Math.min(best, end - begin);
        }
        return best;
    }

    private long[][] stretches(Width width, int threads, int count, AtomicInteger arrived) {
        long[][] times = new long[count][2];
        for (int stretch = 0; stretch < count; stretch++) {
            arriveAndSpin(arrived, (stretch + 1) * threads);
            times[stretch][0] = System.nanoTime();
            sink = width.loops.multiplyAdd(width.steps);
            times[stretch][1] = System.nanoTime();
        }
        return times;
    }

    /** Spins, for a thread that sleeps wakes too late: a stretch is short. */
    private static void arriveAndSpin(AtomicInteger arrived, int all) {
        arrived.incrementAndGet();
        for (int spins = 0; arrived.get() < all; spins++) {
            if (spins < 10_000) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(20_000); // Fewer cores than threads: let the others arrive.
            }
        }
    }
}
