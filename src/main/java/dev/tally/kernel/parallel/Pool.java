package dev.tally.kernel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A caller and its helpers, who each take items of a part of their own and then of others. An item may itself share out
 * what it consists of, by {@link #run}: whoever has nothing else to do takes of that (what parts share out they do
 * themselves). Between pieces of work the helpers spin for a moment, since waking takes longer than many layers do, and
 * then sleep; {@link #park} sends them to sleep at once. Work is given by one thread at a time, and by those that do
 * its items.
 */
public final class Pool implements AutoCloseable {
    /** About as long as a layer takes. */
    private static final int SPINS = 20_000;

    private final List<Helper> helpers = new ArrayList<>();
    private final int threads;

    /** What the caller shares out. */
    private volatile @Nullable Share whole;

    /** What each worker's item of it shares out. */
    private final AtomicReferenceArray<@Nullable Share> parts;

    /** Whether a worker does a part of an item; each looks at its own alone. */
    private final boolean[] inPart;

    private volatile boolean parking;
    private volatile boolean closed;

    /**
     * A pool of so many threads, the caller among them.
     *
     * @param threads at least 1
     * @param factory makes the helpers' threads
     */
    public Pool(int threads, ThreadFactory factory) {
        this.threads = threads;
        this.parts = new AtomicReferenceArray<>(threads);
        this.inPart = new boolean[threads];
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
        int worker = helpers.isEmpty() ? 0 : worker();
        if (helpers.isEmpty() || items == 1 || inPart[worker]) {
            for (int i = 0; i < items; i++) {
                work.item(i, worker);
            }
            return;
        }
        Share share = new Share(work, items, threads);
        parking = false;
        if (whole == null) {
            whole = share;
            helpers.forEach(Helper::wake);
            share.take(worker);
            while (!share.isDone()) {
                if (!takeOfParts(worker)) {
                    Thread.onSpinWait();
                }
            }
            whole = null;
        } else {
            parts.set(worker, share);
            helpers.forEach(Helper::wake);
            takePart(share, worker);
            while (!share.isDone()) {
                Thread.onSpinWait();
            }
            parts.set(worker, null);
        }
        share.throwFailure();
    }

    /** {@return the number of the thread that calls: a helper's, or the caller's, which is 0} */
    private int worker() {
        Thread current = Thread.currentThread();
        for (Helper helper : helpers) {
            if (helper.thread == current) {
                return helper.worker;
            }
        }
        return 0;
    }

    private boolean take(int worker) {
        Share now = whole;
        return (now != null && now.take(worker)) || takeOfParts(worker);
    }

    private boolean takeOfParts(int worker) {
        for (int i = 0; i < threads; i++) {
            Share part = parts.get(i);
            if (part != null && takePart(part, worker)) {
                return true;
            }
        }
        return false;
    }

    private boolean takePart(Share part, int worker) {
        inPart[worker] = true;
        try {
            return part.take(worker);
        } finally {
            inPart[worker] = false;
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
            int spins = 0;
            while (!closed) {
                if (take(worker)) {
                    spins = 0;
                } else if (!parking && spins < SPINS) {
                    spins++;
                    Thread.onSpinWait();
                } else {
                    asleep = true;
                    // Who gave work before that did not see it asleep, so it looks once more.
                    if (!take(worker) && !closed) {
                        LockSupport.park(this);
                    }
                    asleep = false;
                    spins = 0;
                }
            }
        }
    }
}
