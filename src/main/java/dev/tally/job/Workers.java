package dev.tally.job;

import dev.tally.engine.Engine;
import dev.tally.host.Host;
import dev.tally.measurement.Engines;
import dev.tally.storage.Storage;
import dev.tally.storage.StorageFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Who measures: this process, if that is its role, and the others that share its database. Every two seconds it
 * announces itself, reads what the others say and counts the queue; requests ask what it knows then, not the database.
 */
@Component
public final class Workers implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(Workers.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Roles roles;
    private final Engines engines;
    private final Host host;
    private final MeasurementProperties properties;
    private final WorkerStore store;
    private final JobStore jobs;
    private final JobMeters meters;
    private final Storage storage;
    private final String id =
            DeviceIds.hostName() + "-" + UUID.randomUUID().toString().substring(0, 8);

    /** The announcing thread's alone. */
    private boolean away;

    private volatile List<Announcement> others = List.of();
    private volatile boolean running;

    /** Guarded by this; null unless it is started. */
    private @Nullable ScheduledExecutorService announcing;

    Workers(
            Roles roles,
            Engines engines,
            Host host,
            MeasurementProperties properties,
            WorkerStore store,
            JobStore jobs,
            JobMeters meters,
            Storage storage) {
        this.roles = roles;
        this.engines = engines;
        this.host = host;
        this.properties = properties;
        this.store = store;
        this.jobs = jobs;
        this.meters = meters;
        this.storage = storage;
    }

    /** {@return the name of this process among the workers} */
    String id() {
        return id;
    }

    /** {@return the workers that are known, this process first if it is one} */
    public List<Announcement> known() {
        List<Announcement> known = new ArrayList<>();
        if (roles.worker()) {
            known.add(own());
        }
        known.addAll(others);
        return known;
    }

    /** {@return what this process would measure with} The first call loads what the engines need. */
    private Announcement own() {
        Map<Integer, Double> peaks = new HashMap<>();
        int cores = host.description().cores();
        for (int threads = 1; threads <= cores; threads++) {
            int used = threads;
            host.measuredPeak(threads).ifPresent(peak -> peaks.put(used, peak.flopsPerSecond()));
        }
        return new Announcement(
                id,
                host.fingerprint(),
                cores,
                properties.memoryOf(host.description().memoryBytes()).toBytes(),
                engines.all().stream().map(Workers::entry).toList(),
                DeviceIds.of(engines.all()),
                peaks);
    }

    private static Announcement.EngineEntry entry(Engine engine) {
        return new Announcement.EngineEntry(engine.id(), engine.status().unavailable());
    }

    private void announce() {
        if (!storage.ready()) {
            return;
        }
        try {
            if (roles.worker()) {
                store.announce(own());
            }
            meters.queued(jobs.queued());
            others = store.known().stream()
                    .filter(worker -> !worker.id().equals(id))
                    .toList();
            if (away) {
                away = false;
                LOGGER.info("the database answers again");
            }
        } catch (RuntimeException e) {
            if (!StorageFailures.isUnavailable(e)) {
                LOGGER.error("this worker cannot be announced", e);
            } else if (!away) {
                away = true;
                LOGGER.warn(
                        "the database does not answer: {}",
                        NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Only now: finding out which engines there are takes a core for a while, which starting needs. */
    @EventListener({ApplicationReadyEvent.class, ContextStartedEvent.class})
    synchronized void begin() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("announcing").factory());
        announcing = thread;
        var _ = thread.scheduleWithFixedDelay(this::announce, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (announcing != null) {
            announcing.shutdownNow();
        }
        if (roles.worker() && storage.ready()) {
            try {
                store.leave(id);
            } catch (RuntimeException e) {
                LOGGER.debug("left without a word", e);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
