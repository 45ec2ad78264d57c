package dev.tally.kernel.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Items that several threads take, and how far they are. */
final class Share {
    private final Work work;
    private final int items;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Share(Work work, int items) {
        this.work = work;
        this.items = items;
    }

    /** Does items until none is left, and {@return whether there was one} */
    boolean take(int worker) {
        // Only looked at first: who waits for work asks often, and those that have some write here.
        if (next.get() >= items) {
            return false;
        }
        int taken = 0;
        int item;
        while ((item = next.getAndIncrement()) < items) {
            taken++;
            try {
                work.item(item, worker);
            } catch (RuntimeException | Error e) {
                failure = e;
                // What is left of it is counted as done, so that nobody waits for it.
                int rest = next.getAndSet(items);
                taken += Math.max(0, items - rest);
            }
        }
        if (taken > 0) {
            done.addAndGet(taken);
        }
        return taken > 0;
    }

    boolean isDone() {
        return done.get() >= items;
    }

    /** Throws what an item has thrown. */
    void throwFailure() {
        Throwable thrown = failure;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
