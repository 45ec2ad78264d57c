package dev.tally.host;

import dev.tally.kernel.MachineLoops;
import dev.tally.kernel.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the peak: threads that begin together multiply and add for a millisecond, many times, with vectors of each
 * width in turn; the best stretch counts. It is counted from the first thread's begin to the last one's end. A stretch
 * is short so that some fall between what else the machine has to do.
 */
final class PeakMeasurement {
    private static final long WARM_UP_NANOS = 1_000_000_000;
    private static final long STRETCH_NANOS = 1_000_000;
    private static final int STRETCHES = 60;

    private final List<Width> widths;
    private volatile float sink;

    /** Warms the loops up, which must be new to this process. */
    PeakMeasurement(List<MachineLoops> loops) {
        widths = loops.stream()
                .map(width -> new Width(width, stepsOfAStretch(width)))
                .toList();
    }

    private record Width(MachineLoops loops, int steps) {}

    Peak with(int threads) {
        Peak best = new Peak(0, threads, "");
        for (Width width : widths) {
            double operations = (double) threads * width.steps * width.loops.flopsPerStep();
            double rate = operations / bestNanos(width, threads) * 1e9;
            if (rate > best.flopsPerSecond()) {
                best = new Peak(rate, threads, width.loops.name());
            }
        }
        return best;
    }

    private int stepsOfAStretch(MachineLoops loops) {
        WarmUp.untilSteady(() -> sink = loops.multiplyAdd(4), WARM_UP_NANOS);
        int steps = 16;
        while (true) {
            long begin = System.nanoTime();
            sink = loops.multiplyAdd(steps);
            long nanos = System.nanoTime() - begin;
            if (nanos >= STRETCH_NANOS / 2 || steps > Integer.MAX_VALUE / 4) {
                return Math.clamp(steps * STRETCH_NANOS / Math.max(1, nanos), 1, Integer.MAX_VALUE);
            }
            steps *= 2;
        }
    }

    /** The shortest time in which all threads were through with one stretch each. */
    private long bestNanos(Width width, int threads) {
        List<FutureTask<long[][]>> tasks = new ArrayList<>();
        AtomicInteger arrived = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            FutureTask<long[][]> task = new FutureTask<>(() -> stretches(width, threads, arrived));
            tasks.add(task);
            Thread.ofPlatform().name("peak-" + i).daemon().start(task);
        }
        List<long[][]> times = tasks.stream().map(PeakMeasurement::result).toList();
        long best = Long.MAX_VALUE;
        for (int stretch = 0; stretch < STRETCHES; stretch++) {
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

    private long[][] stretches(Width width, int threads, AtomicInteger arrived) {
        long[][] times = new long[STRETCHES][2];
        for (int stretch = 0; stretch < STRETCHES; stretch++) {
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

    private static long[][] result(FutureTask<long[][]> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true; // A fraction of a second more, then the caller sees it.
                } catch (ExecutionException e) {
                    throw new IllegalStateException("the peak could not be measured", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
