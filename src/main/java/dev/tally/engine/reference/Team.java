package dev.tally.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * So many threads that share a piece of work, the caller's one of them. They are started for each piece: what is worked
 * out here takes so long that a pool would only have to be closed.
 *
 * @param threads at least 1
 */
record Team(int threads) {
    /** How many ranges a thread gets, so that none waits long for the last. */
    private static final int RANGES_A_THREAD = 8;

    /** Work on the elements from one up to another. */
    interface Range {
        void run(int from, int to);
    }

    /** Does the tasks 0 to {@code tasks - 1}, in any order. */
    void each(int tasks, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable work = () -> {
            try {
                for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                    task.accept(i);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                next.set(tasks);
            }
        };
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, tasks); i++) {
            others.add(Thread.ofPlatform().name("reference-" + i).daemon().start(work));
        }
        work.run();
        others.forEach(Team::join);
        switch (failure.get()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
    }

    /** Does the work on the elements 0 to {@code elements - 1}, in ranges. */
    void split(int elements, Range range) {
        int ranges = Math.min(elements, threads * RANGES_A_THREAD);
        each(ranges, i -> range.run((int) ((long) elements * i / ranges), (int) ((long) elements * (i + 1) / ranges)));
    }

    /** The others write into the caller's arrays: it stays until they have ended, also when it is interrupted. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
