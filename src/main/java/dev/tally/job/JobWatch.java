package dev.tally.job;

import dev.tally.storage.StorageFailures;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells whoever waits for a job what becomes of it, on whichever replica it runs: while anybody waits, one query asks
 * for all jobs that are waited for, several times a second. No thread waits for a job by itself.
 */
@Component
public final class JobWatch implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(JobWatch.class);
    private static final long EVERY_MILLIS = 200;

    /** Of one query. */
    private static final int MOST_IDS = 1_000;

    private final JobStore store;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Semaphore woken = new Semaphore(0);
    private volatile @Nullable Thread thread;

    JobWatch(JobStore store) {
        this.store = store;
    }

    /** Somebody who waits for a job. All is called on one thread, so nothing of it may take long. */
    public abstract static class Watcher {
        private final String id;
        private final long end;

        /** What was told last. */
        private @Nullable Job told;

        /** Of a job, for this long at most. */
        protected Watcher(String id, Duration patience) {
            this.id = id;
            this.end = System.nanoTime() + patience.toNanos();
        }

        /**
         * The job has changed.
         *
         * @param job without its request and result; null if it is there no more
         * @return whether to go on watching
         */
        protected abstract boolean changed(@Nullable Job job);

        /** The patience is over, or the service shuts down; nothing is told any more. */
        protected abstract void over();

        /** Between two looks. {@return whether to go on watching} */
        protected boolean looked() {
            return true;
        }
    }

    /** Begins to tell somebody; what the job is now first. */
    public void watch(Watcher watcher) {
        if (thread == null) {
            watcher.over();
            return;
        }
        watchers.add(watcher);
        wake();
    }

    /** Something has changed, as far as this process knows. */
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().daemon().name("watching-jobs").start(this::work);
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (watchers.isEmpty()) {
                    woken.acquire();
                } else {
                    boolean _ = woken.tryAcquire(EVERY_MILLIS, TimeUnit.MILLISECONDS);
                }
                woken.drainPermits();
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            List<Watcher> waiting = List.copyOf(watchers);
            Map<String, Job> jobs = new HashMap<>();
            List<String> ids =
                    waiting.stream().map(watcher -> watcher.id).distinct().toList();
            for (int i = 0; i < ids.size(); i += MOST_IDS) {
                store.heads(ids.subList(i, Math.min(ids.size(), i + MOST_IDS))).forEach(job -> jobs.put(job.id(), job));
            }
            waiting.forEach(watcher -> tell(watcher, jobs.get(watcher.id)));
        } catch (RuntimeException e) {
            if (!StorageFailures.isUnavailable(e)) {
                LOGGER.error("jobs cannot be watched", e);
            }
        }
        long now = System.nanoTime();
        for (Watcher watcher : List.copyOf(watchers)) {
            if (now - watcher.end >= 0 && watchers.remove(watcher)) {
                watcher.over();
            }
        }
    }

    private void tell(Watcher watcher, @Nullable Job job) {
        boolean goesOn;
        try {
            boolean same = job != null && job.equals(watcher.told);
            watcher.told = job;
            goesOn = same ? watcher.looked() : watcher.changed(job);
        } catch (RuntimeException e) {
            LOGGER.debug("who waited for job {} is gone", watcher.id, e);
            goesOn = false;
        }
        if (!goesOn) {
            watchers.remove(watcher);
        }
    }

    /** Before the server waits for its requests to end: these would wait for jobs. */
    @Override
    public void stop() {
        Thread here = thread;
        thread = null;
        if (here != null) {
            here.interrupt();
        }
        for (Watcher watcher : List.copyOf(watchers)) {
            if (watchers.remove(watcher)) {
                watcher.over();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
