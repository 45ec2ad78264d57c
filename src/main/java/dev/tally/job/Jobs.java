package dev.tally.job;

import dev.tally.network.Sha256;
import dev.tally.storage.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The jobs, as requests see them. */
@Component
public final class Jobs {
    /** In nanoseconds: other replicas fill the queue too, and workers empty it. */
    private static final long COUNTED_EVERY = Duration.ofSeconds(1).toNanos();

    /** While it is full. */
    private static final long RECOUNTED_EVERY = Duration.ofMillis(50).toNanos();

    private final JobStore store;
    private final JobQueue queue;
    private final JobWatch watch;
    private final Storage storage;
    private final JobProperties properties;
    private final TransactionTemplate transaction;
    private final JobMeters meters;
    private final Clock clock;

    /** What was counted, and what was enqueued here since. */
    private final AtomicInteger queued = new AtomicInteger();

    private final Lock counting = new ReentrantLock();

    /** When the queue was counted, by the clock of {@link System#nanoTime}; for whoever has the lock alone. */
    private long countedAt = System.nanoTime() - COUNTED_EVERY;

    Jobs(
            JobStore store,
            JobQueue queue,
            JobWatch watch,
            Storage storage,
            JobProperties properties,
            TransactionTemplate transaction,
            JobMeters meters,
            Clock clock) {
        this.store = store;
        this.queue = queue;
        this.watch = watch;
        this.storage = storage;
        this.properties = properties;
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Stores a job and enqueues it: from then on it is not lost.
     *
     * @return its id; that of the first one where the same request was sent before with the same key
     * @throws KeyReusedException if another request was sent with the same key
     * @throws QueueFullException if too many wait
     * @throws RuntimeException if the database does not answer, as {@code StorageFailures} tells
     */
    public String submit(Submission submission) {
        storage.requireReady();
        String request = Json.write(submission.request());
        String hash = Sha256.of(submission.kind() + "\n" + request);
        String key = submission.idempotencyKey();
        Optional<String> known = known(key, hash);
        if (known.isPresent()) {
            return known.get();
        }
        if (!hasRoom()) {
            // The same request, sent again while the first took the last place.
            return known(key, hash).orElseThrow(() -> new QueueFullException(queued.get(), properties.queue()));
        }
        String id = UUID.randomUUID().toString();
        Instant now = now();
        try {
            transaction.executeWithoutResult(_ -> {
                store.insert(id, submission, hash, request, now);
                queue.enqueue(id, submission.route(), now);
            });
        } catch (DuplicateKeyException e) {
            // The same request, sent again before the first was stored.
            return known(key, hash).orElseThrow(() -> e);
        }
        queued.incrementAndGet();
        queue.wake();
        return id;
    }

    /** Databases keep microseconds; a cursor has to find what it was made of. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Optional<String> known(@Nullable String key, String hash) {
        if (key == null) {
            return Optional.empty();
        }
        return store.withKey(key).map(known -> {
            if (!known.requestHash().equals(hash)) {
                throw new KeyReusedException(key);
            }
            return known.id();
        });
    }

    /** While there is room one counts and the others go on; when it seems full, all wait for what is counted. */
    private boolean hasRoom() {
        if (seemsFull()) {
            counting.lock();
        } else if (!counting.tryLock()) {
            return true;
        }
        try {
            long now = System.nanoTime();
            if (now - countedAt >= (seemsFull() ? RECOUNTED_EVERY : COUNTED_EVERY)) {
                // Before it is counted: where the database does not answer, those who wait do not ask it in turn.
                countedAt = now;
                queued.set(store.queued());
            }
        } finally {
            counting.unlock();
        }
        return !seemsFull();
    }

    private boolean seemsFull() {
        return queued.get() >= properties.queue();
    }

    /** {@return the job with this id} */
    public Optional<Job> find(String id) {
        storage.requireReady();
        return store.find(id);
    }

    /** {@return how many jobs wait that came before a job; 0 for one that does not wait} */
    public int ahead(Job job) {
        return job.state() == JobState.QUEUED ? store.ahead(job) : 0;
    }

    /**
     * {@return the newest jobs, without requests and results}
     *
     * @param state those in this state alone; null for all
     * @param before those that were accepted before this one alone; null from the newest on
     */
    public List<Job> newest(@Nullable JobState state, @Nullable Place before, int limit) {
        storage.requireReady();
        return store.newest(state, before, limit);
    }

    /**
     * Cancels a job, wherever it is: what runs stops at its next look, within half a second as a rule.
     *
     * @return the job as it is then; finished before, it stays what it was. Empty if there is none
     */
    public Optional<Job> cancel(String id) {
        storage.requireReady();
        if (store.cancel(id, clock.instant())) {
            meters.ended(JobState.CANCELLED, null);
            watch.wake();
        }
        return store.find(id);
    }

    /** A key came with another request before. */
    public static final class KeyReusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        KeyReusedException(String key) {
            super("the Idempotency-Key \"" + key + "\" came with another request before: expected the same body, or a"
                    + " new key");
        }
    }

    /** Too many jobs wait. */
    public static final class QueueFullException extends RuntimeException {
        private static final long serialVersionUID = 1;

        QueueFullException(int waiting, int most) {
            super("expected fewer than " + most + " jobs to wait, the setting tally.jobs.queue, but " + waiting
                    + " do");
        }
    }
}
