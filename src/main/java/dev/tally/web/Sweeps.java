package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.latency.Latency;
import dev.tally.latency.LatencyEstimates;
import dev.tally.latency.StepLatencies;
import dev.tally.network.LayerKey;
import dev.tally.planning.sweep.StepTimes;
import dev.tally.planning.sweep.Sweep;
import dev.tally.web.SweepLine.ConditionsDocument;
import dev.tally.web.SweepLine.SweepHeadDocument;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The sweeps that run: at most so many, each on the thread of its request, counted by the pool. */
@Component
final class Sweeps implements SmartLifecycle {
    private static final String SHUTS_DOWN = "the service shuts down";

    private final SweepWriter writer;
    private final CountingPool pool;
    private final LatencyEstimates estimates;
    private final ServiceVersion version;
    private final int atOnce;
    private final Semaphore free;
    private final Set<SweepStream> streams = ConcurrentHashMap.newKeySet();
    private final Set<SweepParts> scans = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    Sweeps(
            TallyProperties properties,
            SweepWriter writer,
            CountingPool pool,
            LatencyEstimates estimates,
            ServiceVersion version,
            MeterRegistry meters) {
        this.writer = writer;
        this.pool = pool;
        this.estimates = estimates;
        this.version = version;
        this.atOnce = properties.sweeps().atOnce();
        this.free = new Semaphore(atOnce);
        Gauge.builder("tally.sweeps", streams, Set::size)
                .description("The sweeps that run")
                .register(meters);
    }

    /**
     * Answers a sweep.
     *
     * @throws RefusedException if so many run already
     * @throws IOException if the client is gone, or does not read; the sweep has ended then
     */
    void answer(SweepRequest asked, HttpServletRequest request, HttpServletResponse response) throws IOException {
        enter();
        try {
            StepLatencies latencies = latencies(asked);
            SweepHeadDocument head = new SweepHeadDocument(
                    version.text(),
                    Analysis.COUNTING_RULES,
                    asked.size(),
                    latencies == null ? null : ConditionsDocument.of(latencies.conditions()));
            Sweep sweep = sweep(asked, latencies);
            SweepStream stream = new SweepStream(sweep, asked, head, Occurrence.of(request), writer, pool);
            streams.add(stream);
            try {
                response.setContentType(Batches.NDJSON);
                response.setHeader("X-Accel-Buffering", "no"); // else nginx holds the lines back
                stream.write(response.getOutputStream());
            } finally {
                streams.remove(stream);
            }
        } finally {
            free.release();
        }
    }

    private void enter() {
        if (!running || !free.tryAcquire()) {
            throw later(
                    "expected at most " + atOnce + " sweeps at once, the setting tally.sweeps.at-once; try again soon");
        }
    }

    private static RefusedException later(String why) {
        return RefusedException.later(ProblemType.TOO_MANY_SWEEPS, why, Duration.ofSeconds(1));
    }

    /**
     * Counts a sweep of which nothing is answered but what it found out about its steps.
     *
     * @throws RefusedException if so many run already, or the service shuts down
     */
    void count(Sweep sweep) {
        enter();
        SweepParts parts = new SweepParts(sweep, pool, (_, _) -> {});
        scans.add(parts);
        try {
            parts.run((_, _, _) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written", e);
        } finally {
            scans.remove(parts);
            free.release();
        }
        if (parts.isClosed()) {
            throw later(SHUTS_DOWN);
        }
    }

    static Sweep sweep(SweepRequest asked, @Nullable StepLatencies latencies) {
        StepTimes times = latencies == null ? null : steps -> medians(latencies, steps);
        return new Sweep(asked.description(), asked.space(), asked.budget(), times);
    }

    private static Map<LayerKey, Double> medians(StepLatencies latencies, Collection<LayerKey> steps) {
        Map<LayerKey, Latency> known = latencies.find(steps);
        Map<LayerKey, Double> medians = HashMap.newHashMap(known.size());
        known.forEach((step, latency) -> medians.put(step, latency.median()));
        return medians;
    }

    @Nullable
    StepLatencies latencies(SweepRequest asked) {
        EstimateRequest estimate = asked.estimate();
        if (estimate == null) {
            return null;
        }
        return estimates.steps(
                estimate.engine(), estimate.precisionOf(asked.dataType()), estimate.threads(), estimate.host());
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the server waits for its requests to end. */
    @Override
    public void stop() {
        running = false;
        streams.forEach(stream -> stream.close(SHUTS_DOWN));
        scans.forEach(SweepParts::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
