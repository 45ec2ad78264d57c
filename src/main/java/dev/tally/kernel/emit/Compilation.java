package dev.tally.kernel.emit;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Has kernels compiled. Until the optimizing compiler has seen to it, a kernel is a hundred times slower; compiled
 * while it runs, from the middle of a long call, it stays slow. So each is called briefly and often, all of them in
 * turns: one is called while another is compiled.
 */
final class Compilation {
    /**
     * What an operation on vectors takes at most once it is compiled: ten times what it takes on a slow machine, and a
     * tenth of what it takes before, when it is a call that allocates.
     */
    private static final long MOST_NANOS = 5;

    /** What a call takes beside its operations, in as many operations. */
    private static final long CALL = 20;

    private static final int CALLS = 32;

    /** How often a speed is taken: the best counts, for the machine may be disturbed. */
    private static final int STRETCHES = 20;

    /** Which part of a kernel's time one more takes, while the compiler sees to the others. */
    private static final int SHARE = 8;

    private static final long ALIGNMENT = 64;

    /** Kernels whose rows are so far apart are left as they are. */
    private static final long MOST_BYTES = 16 << 20;

    private Compilation() {}

    /**
     * Calls kernels until they are compiled.
     *
     * @param limitNanos how long that may take for a kernel; others in turns with it take a part of that each
     * @return those that are not
     */
    static List<Trial> of(Collection<Trial> trials, long limitNanos) {
        long end = System.nanoTime() + limitNanos + limitNanos / SHARE * trials.size();
        List<Trial> left = new ArrayList<>(trials);
        left.removeIf(trial -> Math.max(trial.inBytes(), trial.outBytes()) > MOST_BYTES);
        long inBytes = left.stream().mapToLong(Trial::inBytes).max().orElse(1);
        long outBytes = left.stream().mapToLong(Trial::outBytes).max().orElse(1);
        try (Arena arena = Arena.ofConfined()) {
            long in = arena.allocate(inBytes, ALIGNMENT).address();
            long out = arena.allocate(outBytes, ALIGNMENT).address();
            while (!left.isEmpty() && System.nanoTime() < end) {
                for (Iterator<Trial> each = left.iterator(); each.hasNext(); ) {
                    if (isFast(each.next(), in, out)) {
                        each.remove();
                    }
                }
            }
        }
        return left;
    }

    private static boolean isFast(Trial trial, long in, long out) {
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            trial.call().run(in, out);
        }
        return System.nanoTime() - begin < MOST_NANOS * CALLS * (trial.operations() + CALL);
    }

    /**
     * {@return how fast kernels are: the cycles that their work takes at least for each nanosecond that it took, which
     * is the clock of a core where nothing is wanting; by trial} They take turns, so that what disturbs the machine
     * disturbs all of them.
     */
    static Map<Trial, Double> speeds(Collection<Trial> trials) {
        Map<Trial, Double> speeds = new HashMap<>();
        long inBytes = trials.stream().mapToLong(Trial::inBytes).max().orElse(1);
        long outBytes = trials.stream().mapToLong(Trial::outBytes).max().orElse(1);
        try (Arena arena = Arena.ofConfined()) {
            long in = arena.allocate(inBytes, ALIGNMENT).address();
            long out = arena.allocate(outBytes, ALIGNMENT).address();
            for (int stretch = 0; stretch < STRETCHES; stretch++) {
                for (Trial trial : trials) {
                    long begin = System.nanoTime();
                    for (int i = 0; i < CALLS; i++) {
                        trial.longer().run(in, out);
                    }
                    speeds.merge(trial, CALLS * trial.cycles() / (System.nanoTime() - begin), Math::max);
                }
            }
        }
        return speeds;
    }
}
