package dev.tally.engine.java;

import dev.tally.host.Pinning;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a pool's helpers, each bound to a processor of its own where there are enough. */
final class HelperThreads implements ThreadFactory {
    /** What their names begin with. */
    static final String NAME = "java-engine-";

    private final AtomicInteger made = new AtomicInteger();
    private final int threads;
    private final List<Integer> processors;

    /**
     * The threads.
     *
     * @param threads how many compute, the caller among them
     * @param processors the caller's first, then one for each helper
     */
    HelperThreads(int threads, List<Integer> processors) {
        this.threads = threads;
        this.processors = processors;
    }

    @Override
    public Thread newThread(Runnable helper) {
        int number = made.incrementAndGet();
        Runnable work = threads <= processors.size() ? () -> bound(helper, processors.get(number)) : helper;
        return Thread.ofPlatform().daemon().name(NAME + number).unstarted(work);
    }

    private static void bound(Runnable helper, int processor) {
        try (Pinning _ = Pinning.to(processor)) {
            helper.run();
        }
    }
}
