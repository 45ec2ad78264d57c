package dev.tally.host;

import dev.tally.kernel.VectorSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A fixed piece of work that tells how disturbed the machine is: small matrix products ({@link ProbeWork}) on the
 * calling thread and, for what computes with several threads, on as many cores at once, for about 0.4 ms. What slows it
 * down slows down what is measured beside it; neither CPU time nor the time stolen from a virtual machine shows that.
 *
 * <p>Threads that run it at once wait for each other. Whatever else spins on the other cores should be parked before.
 */
public final class Probe {
    private static final long STEADY_NANOS = 300_000_000;
    private static final int QUIET_RUNS = 50;
    private static final Map<Integer, Probe> PROBES = new ConcurrentHashMap<>();

    /** Those of all probes: each takes as many as it needs, the first first. Guarded by itself. */
    private static final List<Helper> HELPERS = new ArrayList<>();

    private final ProbeWork own;
    private final List<Helper> helpers;
    private long baselineNanos = Long.MAX_VALUE;
    private boolean warm;

    /** A thread kept on a core of its own, where the platform allows. */
    private record Helper(ExecutorService thread, ProbeWork work) {}

    private Probe(int threads) {
        own = new ProbeWork(VectorSupport.current().loops().getFirst());
        helpers = helpers(threads - 1);
    }

    private static List<Helper> helpers(int count) {
        List<Integer> cores = Pinning.allowedCpus();
        synchronized (HELPERS) {
            for (int i = HELPERS.size() + 1; i <= count; i++) {
                ExecutorService thread = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("probe-" + i).factory());
                if (i < cores.size()) {
                    int core = cores.get(i);
                    // Until the process ends: what undoes it is let go.
                    thread.execute(() -> Pinning.to(core));
                }
                HELPERS.add(new Helper(
                        thread, new ProbeWork(VectorSupport.current().loops().getFirst())));
            }
            return List.copyOf(HELPERS.subList(0, count));
        }
    }

    /**
     * {@return the probe of this process on so many cores, with its baseline}
     *
     * @param threads at least 1; above the cores of this process as many as those
     */
    public static Probe on(int threads) {
        int cores = Math.min(threads, Runtime.getRuntime().availableProcessors());
        return PROBES.computeIfAbsent(Math.max(1, cores), Probe::new);
    }

    /**
     * {@return how long one probe took just now, in nanoseconds, on the slowest of its cores} The shortest of all
     * becomes the baseline. Before {@link #warmUp} the first ones take a hundred times as long.
     */
    public synchronized long run() {
        List<Future<Long>> others = helpers.stream()
                .map(helper -> helper.thread.submit((Callable<Long>) helper.work::run))
                .toList();
        long nanos = own.run();
        for (Future<Long> other : others) {
            nanos = Math.max(nanos, Uninterrupted.result(other));
        }
        baselineNanos = Math.min(baselineNanos, nanos);
        return nanos;
    }

    /** {@return the shortest probe since the process began, in nanoseconds; the first one is run if there was none} */
    public synchronized long baselineNanos() {
        return baselineNanos == Long.MAX_VALUE ? run() : baselineNanos;
    }

    /** Brings the probe to the speed that it keeps; does nothing when it has done so. */
    public synchronized void warmUp() {
        if (warm) {
            return;
        }
        own.warmUp();
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
}
