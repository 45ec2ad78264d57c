package dev.tally.kernel.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Items that several threads take, and how far they are. Each worker begins with a part of its own, in order, so that
 * of one layer after the other it gets the same channels or pixels, which its cache has; who has done its part takes
 * from the ends of others'.
 */
final class Share {
    private static final int NONE = -1;

    /** Longs from one worker's part to the next, which so lies in another cache line. */
    private static final int APART = 8;

    private final Work work;
    private final int items;
    private final int workers;

    /** By worker, what is left of its part: the first item in the upper half, one more than the last in the lower. */
    private final AtomicLongArray parts;

    private final AtomicInteger done = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Share(Work work, int items, int workers) {
        this.work = work;
        this.items = items;
        this.workers = workers;
        this.parts = new AtomicLongArray(workers * APART);
        for (int i = 0; i < workers; i++) {
            parts.setPlain(i * APART, part(begin(i), begin(i + 1)));
        }
    }

    private int begin(int worker) {
        return (int) ((long) items * worker / workers);
    }

    private static long part(int first, int end) {
        return (long) first << Integer.SIZE | end;
    }

    /** Does items until none is left, and {@return whether there was one} */
    boolean take(int worker) {
        int taken = takeOf(worker, false, worker);
        for (int other = (worker + 1) % workers; other != worker; other = (other + 1) % workers) {
            taken += takeOf(other, true, worker);
        }
        if (taken > 0) {
            done.addAndGet(taken);
        }
        return taken > 0;
    }

    private int takeOf(int owner, boolean fromEnd, int worker) {
        int taken = 0;
        for (int item = item(owner, fromEnd); item != NONE; item = item(owner, fromEnd)) {
            taken += work(item, worker);
        }
        return taken;
    }

    /** {@return the first or last item that is left of a worker's part, which is the caller's now; or none} */
    private int item(int worker, boolean fromEnd) {
        int place = worker * APART;
        while (true) {
            long left = parts.get(place);
            int first = (int) (left >>> Integer.SIZE);
            int end = (int) left;
            if (first >= end) {
                return NONE;
            }
            if (parts.weakCompareAndSetVolatile(place, left, fromEnd ? part(first, end - 1) : part(first + 1, end))) {
                return fromEnd ? end - 1 : first;
            }
        }
    }

    /** Does an item, and {@return how many are done by that} */
    private int work(int item, int worker) {
        try {
            work.item(item, worker);
            return 1;
        } catch (RuntimeException | Error e) {
            failure = e;
            // What is left is counted as done, so that nobody waits for it.
            int left = 0;
            for (int i = 0; i < workers; i++) {
                long part = parts.getAndSet(i * APART, 0);
                left += (int) part - (int) (part >>> Integer.SIZE);
            }
            return 1 + left;
        }
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
