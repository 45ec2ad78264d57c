package dev.tally.job;

import dev.tally.job.JobStore.Claim;
import dev.tally.measurement.Deadline;
import dev.tally.storage.StorageFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of a job, from when it has its device to when it lets go of it. A thread of its own stores how far it is, holds
 * the device, and ends the run when it is not wanted any more: cancelled, taken over by another worker, or without a
 * device because the database could not be asked for it.
 */
final class Run implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Run.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final long HOLD_EVERY = Duration.ofSeconds(2).toNanos();

    /** Before the device may be somebody else's. */
    private static final long LOST_AFTER =
            Duration.ofSeconds(Devices.SECONDS).minusSeconds(2).toNanos();

    /** A part of the result is written as often that it takes a twentieth of the time, and once a second at most. */
    private static final int SHARE_OF_WRITING = 20;

    private static final long PARTS_EVERY = Duration.ofSeconds(1).toNanos();

    private final Claim claim;
    private final String holder;
    private final List<String> devices;
    private final JobStore store;
    private final Devices held;
    private final Deadline deadline;
    private volatile boolean stopped;
    private final AtomicReference<@Nullable Told> told = new AtomicReference<>();
    private final ScheduledExecutorService watching = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("watching-a-run-", 1).factory());

    /** When the devices were asked for that are held now. */
    private volatile long heldAt = System.nanoTime();

    /** The watching thread's alone. */
    private long nextPart = System.nanoTime();

    /** How far it is, and how to write what was found. */
    private record Told(Progress progress, @Nullable Supplier<String> result) {}

    /**
     * Begins to watch a run.
     *
     * @param devices what it holds already
     * @param longest for how long it may run
     */
    Run(Claim claim, List<String> devices, String holder, JobStore store, Devices held, Duration longest) {
        this.claim = claim;
        this.devices = devices;
        this.holder = holder;
        this.store = store;
        this.held = held;
        this.deadline = Deadline.in(longest.toNanos());
        every(this::watch);
        // By itself: across a cut network the other waits for an answer longer than it holds the device.
        every(this::stopWithoutDevice);
    }

    private void every(Runnable look) {
        var _ = watching.scheduleWithFixedDelay(look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@return when to stop} */
    Deadline deadline() {
        return deadline;
    }

    /**
     * Says how far it is.
     *
     * @param result writes what was found so far, on another thread; null where that is nothing yet
     */
    void progress(Progress progress, @Nullable Supplier<String> result) {
        told.set(new Told(progress, result));
    }

    /** Ends the run, for a reason that is not the job's. */
    void stop() {
        stopped = true;
        deadline.cancel();
    }

    /** {@return whether it was ended so, and not by its deadline} */
    boolean wasStopped() {
        return stopped;
    }

    private void watch() {
        try {
            long now = System.nanoTime();
            if (now - heldAt >= HOLD_EVERY) {
                if (!held.hold(devices, holder)) {
                    LOGGER.warn("the device of job {} is another's now", claim.id());
                    stop();
                    return;
                }
                heldAt = now;
            }
            Told latest = told.getAndSet(null);
            if (!(latest == null ? store.holds(claim) : store.progress(claim, latest.progress(), part(latest)))) {
                stop();
            }
        } catch (RuntimeException e) {
            if (!StorageFailures.isUnavailable(e)) {
                LOGGER.error("job {} cannot be watched", claim.id(), e);
            }
        }
    }

    private void stopWithoutDevice() {
        if (!stopped && System.nanoTime() - heldAt >= LOST_AFTER) {
            LOGGER.warn("job {} is stopped: its device cannot be held while the database is away", claim.id());
            stop();
        }
    }

    private @Nullable String part(Told now) {
        long begin = System.nanoTime();
        if (now.result() == null || begin < nextPart) {
            return null;
        }
        String part = now.result().get();
        long took = System.nanoTime() - begin;
        nextPart = begin + Math.max(PARTS_EVERY, SHARE_OF_WRITING * took);
        return part;
    }

    /**
     * Ends the watching once a look is over that has begun: a device that is held once more after it was released would
     * be nobody's for a while. What the run holds is its owner's to release.
     */
    @Override
    public void close() {
        watching.close();
    }
}
