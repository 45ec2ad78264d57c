package dev.tally.job;

import dev.tally.job.JobStore.Claim;
import dev.tally.measurement.MeasurementTimeoutException;
import dev.tally.storage.StorageFailures;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Runs a job on this worker: takes its devices, claims it, measures, and stores what came of it once. */
@Component
final class JobExecution {
    private static final Logger LOGGER = LoggerFactory.getLogger(JobExecution.class);

    private static final Duration BETWEEN_TRIES_TO_STORE = Duration.ofMillis(500);

    /** Estimates are rough; what takes this many times the longest has gone wrong. */
    private static final int TIMES_THE_LONGEST = 2;

    private final Work work;
    private final JobStore store;
    private final Devices devices;
    private final Workers workers;
    private final JobProperties properties;
    private final Duration longest;
    private final TransactionTemplate transaction;
    private final JobMeters meters;
    private final JobWatch watch;
    private final Clock clock;

    private volatile boolean stopping;
    private volatile @Nullable Run current;

    JobExecution(
            Work work,
            JobStore store,
            Devices devices,
            Workers workers,
            JobProperties properties,
            MeasurementProperties measurement,
            TransactionTemplate transaction,
            JobMeters meters,
            JobWatch watch,
            Clock clock) {
        this.work = work;
        this.store = store;
        this.devices = devices;
        this.workers = workers;
        this.properties = properties;
        this.longest = measurement.longest().multipliedBy(TIMES_THE_LONGEST);
        this.transaction = transaction;
        this.meters = meters;
        this.watch = watch;
        this.clock = clock;
    }

    /** What is to become of the job's place in the queue. */
    enum Ending {
        /** It is finished, here or elsewhere. */
        LEAVES,
        /** Another worker, or this one after its next start, is to run it. */
        STAYS
    }

    /** The service starts, maybe again. */
    void start() {
        stopping = false;
    }

    /** The service shuts down: what runs is handed back. */
    void stop() {
        stopping = true;
        Run run = current;
        if (run != null) {
            run.stop();
        }
    }

    /** Runs a job, if it is to be run still. */
    Ending run(String id) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("jobId", id)) {
            return runIfWanted(id);
        }
    }

    private Ending runIfWanted(String id) {
        Optional<Job> job = store.find(id);
        if (job.isEmpty() || job.get().state().finished()) {
            return Ending.LEAVES;
        }
        String kind = job.get().kind();
        if (!work.knows(kind)) {
            LOGGER.warn("job {} is of the kind {}, which this version does not know", id, kind);
            return Ending.STAYS;
        }
        JsonNode request = job.get().document();
        List<String> needed;
        try {
            needed = work.devices(kind, request);
        } catch (FailedException e) {
            store.claim(id, workers.id(), clock.instant()).ifPresent(claim -> fail(claim, e.failure()));
            return Ending.LEAVES;
        }
        String holder = workers.id() + "/" + id;
        try {
            if (!devices.await(needed, holder, () -> isWanted(id))) {
                return stopping ? Ending.STAYS : Ending.LEAVES;
            }
            return measure(job.get(), request, needed, holder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Ending.STAYS;
        } finally {
            release(holder);
        }
    }

    private boolean isWanted(String id) {
        return !stopping
                && store.heads(List.of(id)).stream()
                        .anyMatch(job -> !job.state().finished());
    }

    private Ending measure(Job job, JsonNode request, List<String> needed, String holder) {
        Optional<Claim> claimed = store.claim(job.id(), workers.id(), clock.instant());
        if (claimed.isEmpty()) {
            return Ending.LEAVES;
        }
        Claim claim = claimed.get();
        if (claim.begun() > properties.attempts()) {
            fail(
                    claim,
                    Failure.of(
                            Failure.Kind.GAVE_UP,
                            "it was begun " + properties.attempts()
                                    + " times, the setting tally.jobs.attempts, and each time its worker ended before it:"
                                    + " it is not tried again"));
            return Ending.LEAVES;
        }
        meters.began(job, clock.instant());
        Timer.Sample timer = meters.run();
        try (Run run = new Run(claim, needed, holder, store, devices, longest)) {
            current = run;
            if (stopping) {
                run.stop();
            }
            Work.Outcome outcome = work.run(job.kind(), request, run);
            finish(claim, outcome);
            return Ending.LEAVES;
        } catch (MeasurementTimeoutException e) {
            return stopped(claim);
        } catch (RuntimeException | StackOverflowError e) {
            if (StorageFailures.isUnavailable(e)) {
                throw e;
            }
            if (isEnding()) {
                return stopped(claim);
            }
            fail(claim, failure(job, e));
            return Ending.LEAVES;
        } finally {
            current = null;
            meters.ran(timer);
            watch.wake();
        }
    }

    private static Failure failure(Job job, Throwable thrown) {
        if (thrown instanceof FailedException failed) {
            if (failed.getCause() != null) {
                LOGGER.warn("job {} failed", job.id(), failed);
            }
            return failed.failure();
        }
        LOGGER.error("job {} failed", job.id(), thrown);
        return Failure.of(Failure.Kind.INTERNAL_ERROR, "a bug in Tally; the log of the worker holds the cause");
    }

    /**
     * {@return whether the service shuts down} ONNX Runtime closes itself by a shutdown hook of its own, beside
     * Spring's that says so here, and what fails for that is no fault of the job.
     */
    boolean isEnding() {
        if (stopping) {
            return true;
        }
        try {
            Thread hook = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void finish(Claim claim, Work.Outcome outcome) {
        // Not when it is stored at last: while the database is away the device may become another's.
        Instant end = clock.instant();
        boolean stored = untilStored(() -> Boolean.TRUE.equals(transaction.execute(_ -> {
            boolean ours = store.finish(claim, outcome.result(), end);
            if (ours) {
                outcome.record().run();
            }
            return ours;
        })));
        if (stored) {
            meters.ended(JobState.DONE, null);
        } else {
            LOGGER.info("job {} was cancelled or taken over: its result is dropped", claim.id());
        }
    }

    private void fail(Claim claim, Failure failure) {
        Instant end = clock.instant();
        if (untilStored(() -> store.fail(claim, failure, end))) {
            meters.ended(JobState.FAILED, failure.kind());
        }
    }

    /** The deadline passed, or the run was stopped: cancelled, taken over, without its device, or handed back. */
    private Ending stopped(Claim claim) {
        if (!untilStored(() -> store.holds(claim))) {
            return Ending.LEAVES;
        }
        Run run = current;
        if (run != null && !run.wasStopped() && !isEnding()) {
            fail(
                    claim,
                    Failure.of(
                            Failure.Kind.MEASUREMENT_TIMED_OUT,
                            "expected to be done within " + longest.toSeconds()
                                    + " s, twice the setting tally.measurement.longest, and it was not"));
            return Ending.LEAVES;
        }
        untilStored(() -> store.handBack(claim));
        LOGGER.info("job {} is handed back", claim.id());
        return Ending.STAYS;
    }

    /**
     * Does it, again and again while the database is away: what was measured is not measured twice for that.
     *
     * @throws RuntimeException if the database is away still when the service shuts down
     */
    private <T> T untilStored(Supplier<T> store) {
        while (true) {
            try {
                return store.get();
            } catch (RuntimeException e) {
                if (!StorageFailures.isUnavailable(e) || stopping) {
                    throw e;
                }
                sleep(BETWEEN_TRIES_TO_STORE);
            }
        }
    }

    private void release(String holder) {
        try {
            devices.release(holder);
        } catch (RuntimeException e) {
            // It is nobody's after some seconds.
            LOGGER.debug("a device was not released", e);
        }
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited", e);
        }
    }
}
