package dev.tally.kernel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A caller and its helpers, who take items one after the other until none is left. Between pieces of work the helpers
 * spin for a moment, since waking takes longer than many layers do, and then sleep; {@link #park} sends them to sleep
 * at once. Work is given by one thread at a time.
 */
public final class Pool implements AutoCloseable {
    /** About as long as a layer takes. */
    private static final int SPINS = 20_000;

    private final List<Helper> helpers = new ArrayList<>();
    private final int threads;
    private volatile @Nullable Share share;
    private volatile boolean parking;
    private volatile boolean closed;

    /** What is shared, and how far it is. */
    private static final class Share {
        final Work work;
        final int items;
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger done = new AtomicInteger();
        volatile @Nullable Throwable failure;

        Share(Work work, int items) {
            this.work = work;
            this.items = items;
        }

        void take(int worker) {
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
        }
    }

    /**
     * A pool of so many threads, the caller among them.
     *
     * @param threads at least 1
     * @param factory makes the helpers' threads
     */
    public Pool(int threads, ThreadFactory factory) {
        this.threads = threads;
        for (int i = 1; i < threads; i++) {
            Helper helper = new Helper(i);
            helper.thread = factory.newThread(helper);
            helpers.add(helper);
        }
        helpers.forEach(helper -> helper.thread().start());
    }

    /** {@return how many threads do the work} */
    public int threads() {
        return threads;
    }

    /**
     * Does all items and returns when they are done.
     *
     * @throws RuntimeException what an item throws; the others may then not have been done
     */
    public void run(int items, Work work) {
        if (helpers.isEmpty() || items == 1) {
            for (int i = 0; i < items; i++) {
                work.item(i, 0);
            }
            return;
        }
        Share all = new Share(work, items);
        parking = false;
        share = all;
        helpers.forEach(Helper::wake);
        all.take(0);
        while (all.done.get() < items) {
            Thread.onSpinWait();
        }
        Throwable failure = all.failure;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Sends the helpers to sleep until there is work. */
    public void park() {
        parking = true;
    }

    /** Ends the helpers' threads. */
    @Override
    public void close() {
        closed = true;
        helpers.forEach(Helper::wake);
    }

    private final class Helper implements Runnable {
        private final int worker;
        private @Nullable Thread thread;
        private volatile boolean asleep;

        Helper(int worker) {
            this.worker = worker;
        }

        Thread thread() {
            Thread made = thread;
            if (made == null) {
                throw new IllegalStateException("the factory made no thread");
            }
            return made;
        }

        void wake() {
            if (asleep) {
                LockSupport.unpark(thread());
            }
        }

        @Override
        public void run() {
            Share last = null;
            int spins = 0;
            while (!closed) {
                Share now = share;
                if (now != null && now != last) {
                    last = now;
                    now.take(worker);
                    spins = 0;
                } else if (!parking && spins < SPINS) {
                    spins++;
                    Thread.onSpinWait();
                } else {
                    asleep = true;
                    if (share == last && !closed) {
                        LockSupport.park(this);
                    }
                    asleep = false;
                    spins = 0;
                }
            }
        }
    }
}
