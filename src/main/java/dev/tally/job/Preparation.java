package dev.tally.job;

import dev.tally.description.DescriptionReader;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.host.Host;
import dev.tally.measurement.Deadline;
import dev.tally.measurement.Engines;
import dev.tally.measurement.MeasurementPlan;
import dev.tally.measurement.Measurer;
import dev.tally.network.Network;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does in the background, once a worker has started, what else the first measurement would wait for: finds out which
 * engines there are, finds the host's peak, and measures a small network on each of the host's engines, so that what
 * every measurement runs is loaded and compiled. Each of these takes the processor by itself: a job that comes
 * meanwhile has its turn after the one that runs. Nobody else waits for it, neither who counts nor who asks whether the
 * service is well, nor its end.
 */
@Component
final class Preparation {
    private static final Logger LOGGER = LoggerFactory.getLogger(Preparation.class);

    /** Others may measure first. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What one engine takes for the small network, at most. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration BUDGET = Duration.ofMillis(20);

    private final HostFigures figures;
    private final Host host;
    private final Engines engines;
    private final boolean wanted;

    Preparation(HostFigures figures, Host host, Engines engines, MeasurementProperties properties, Roles roles) {
        this.figures = figures;
        this.host = host;
        this.engines = engines;
        this.wanted = properties.prepare() && roles.worker();
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (wanted) {
            Thread.ofPlatform().daemon().name("preparing").start(this::prepare);
        }
    }

    private void prepare() {
        long begin = System.nanoTime();
        try {
            // The library first: loading it keeps a core busy, and the peak wants all of them.
            List<Engine> prepared = engines.all().stream()
                    .filter(engine -> engine.onHost() && !engine.id().equals(ReferenceEngine.ID))
                    .filter(engine -> engine.status().available())
                    .toList();
            figures.alone(() -> host.peak(host.description().cores()), PATIENCE);
            for (Engine engine : prepared) {
                figures.alone(() -> Measurer.measure(smallPlan(engine), Deadline.in(LONGEST.toNanos())), PATIENCE);
            }
            LOGGER.debug("ready to measure after {} ms", (System.nanoTime() - begin) / 1_000_000);
        } catch (RuntimeException e) {
            // An engine fails: who asks for it is told.
            LOGGER.debug("not ready to measure", e);
        }
    }

    private MeasurementPlan smallPlan(Engine engine) {
        return new MeasurementPlan(
                small(), null, List.of(engine), host.description().cores(), Precision.FLOAT32, BUDGET, false);
    }

    private static Network small() {
        return DescriptionReader.read(JsonMapper.shared().readTree("""
                        {"input": [28, 28, 32], "layers": [
                          {"type": "conv2d", "filters": 32, "kernel": 3, "padding": "same", "activation": "relu"},
                          {"type": "max_pool2d", "kernel": 2, "stride": 2}]}
                        """)).network();
    }
}
