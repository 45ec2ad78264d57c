package dev.tally.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How long jobs wait and run, how many wait, and what becomes of them. */
@Component
final class JobMeters {
    private final MeterRegistry registry;
    private final Timer wait;
    private final AtomicInteger queued = new AtomicInteger();

    JobMeters(MeterRegistry registry) {
        this.registry = registry;
        this.wait = Timer.builder("tally.jobs.wait")
                .description("From when a job is accepted to when it is begun, on this worker")
                .register(registry);
        registry.gauge("tally.jobs.queued", queued);
    }

    /** The queue was counted. */
    void queued(int jobs) {
        queued.set(jobs);
    }

    void began(Job job, Instant now) {
        Duration waited = Duration.between(job.createdAt(), now);
        wait.record(waited.isNegative() ? Duration.ZERO : waited);
    }

    void ended(JobState state, Failure.@Nullable Kind failure) {
        registry.counter(
                        "tally.jobs.ended",
                        "state",
                        state.id(),
                        "failure",
                        failure == null ? "none" : failure.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** The queue could not be looked at. */
    void queueFailed() {
        registry.counter("tally.jobs.queue.errors").increment();
    }

    /** Starts to time a run; stop it with {@code tally.jobs.run}. */
    Timer.Sample run() {
        return Timer.start(registry);
    }

    void ran(Timer.Sample run) {
        run.stop(Timer.builder("tally.jobs.run")
                .description("From when a job has its device to when it lets go of it")
                .register(registry));
    }
}
