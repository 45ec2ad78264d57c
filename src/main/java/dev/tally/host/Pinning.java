package dev.tally.host;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the calling thread on one core until closed, so that no sample pays for a move. Close it on the same thread.
 * Threads that begin meanwhile inherit it, unless they are bound to a core of their own.
 */
public final class Pinning implements AutoCloseable {
    private final Affinity affinity;
    private final Thread thread;
    private final BitSet former;
    private boolean closed;

    private Pinning(Affinity affinity, BitSet former) {
        this.affinity = affinity;
        this.thread = Thread.currentThread();
        this.former = former;
    }

    /**
     * {@return the cores that this process was begun with; empty where threads cannot be pinned} They can on Linux,
     * where Java may make native calls and the system lets it.
     */
    public static List<Integer> allowedCpus() {
        return Current.ALLOWED;
    }

    /**
     * Pins the calling thread.
     *
     * @param cpu one of {@link #allowedCpus}
     * @return what undoes it
     * @throws UnsupportedOperationException if pinning is not supported, or by a virtual thread, which has no core
     * @throws IllegalArgumentException if the core is not allowed
     * @throws IllegalStateException if the system refuses
     */
    public static Pinning to(int cpu) {
        return to(List.of(cpu));
    }

    /** As {@link #to(int)}, but the thread, and those that it starts, may use any of these cores. */
    public static Pinning to(List<Integer> cpus) {
        Affinity affinity = Current.AFFINITY.orElseThrow(
                () -> new UnsupportedOperationException("threads cannot be pinned on this platform"));
        if (Thread.currentThread().isVirtual()) {
            throw new UnsupportedOperationException("a virtual thread cannot be pinned to a core");
        }
        for (int cpu : cpus) {
            if (!allowedCpus().contains(cpu)) {
                throw new IllegalArgumentException("cpu: one of " + allowedCpus() + " expected, got " + cpu);
            }
        }
        Pinning pinning = new Pinning(affinity, affinity.get(0));
        BitSet mask = new BitSet();
        cpus.forEach(mask::set);
        affinity.set(mask);
        return pinning;
    }

    /** {@return the cores that the calling thread may run on; empty where pinning is not supported} */
    public static List<Integer> cpusOfThisThread() {
        return Current.AFFINITY.map(affinity -> list(affinity.get(0))).orElse(List.of());
    }

    /**
     * Lets the thread run where it could before. The second time nothing happens.
     *
     * @throws IllegalStateException if called on another thread, or if the system refuses
     */
    @Override
    public void close() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("a pinning is closed on the thread that it pins: " + thread.getName());
        }
        if (!closed) {
            affinity.set(former);
            closed = true;
        }
    }

    private static List<Integer> list(BitSet cpus) {
        return cpus.stream().boxed().toList();
    }

    private static final class Current {
        static final Optional<Affinity> AFFINITY = Affinity.find().filter(Current::works);

        /** Of the process's first thread, which Java leaves alone: the calling one may be pinned already. */
        static final List<Integer> ALLOWED = AFFINITY.map(affinity ->
                        list(affinity.get((int) ProcessHandle.current().pid())))
                .orElse(List.of());

        /** Some sandboxes let a thread read its cores but not set them. */
        private static boolean works(Affinity affinity) {
            try {
                affinity.set(affinity.get(0));
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }
    }
}
