package dev.tally.web;

import dev.tally.description.DescriptionReader;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.host.Host;
import dev.tally.measurement.MeasurementPlan;
import dev.tally.measurement.MeasurementQueue;
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
 * Does in the background, once the service has started, what else the first measurement would wait for: loads the
 * engine that measures where none is asked for, finds the host's peak, and measures a small network on each of the
 * host's engines, so that what every measurement runs is loaded and compiled. Each of these is an entry of the queue of
 * its own: a request that comes meanwhile has its turn after the one that runs. Nobody else waits for it, neither who
 * counts nor who asks whether the service is well, nor its end.
 */
@Component
final class Preparation {
    private static final Logger LOGGER = LoggerFactory.getLogger(Preparation.class);

    /** Others may measure first. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What one engine takes for the small network, about. */
    private static final Duration ESTIMATE = Duration.ofMillis(600);

    private static final Duration BUDGET = Duration.ofMillis(20);

    private final MeasurementQueue queue;
    private final Host host;
    private final Engines engines;
    private final boolean wanted;

    Preparation(MeasurementQueue queue, Host host, Engines engines, TallyProperties properties) {
        this.queue = queue;
        this.host = host;
        this.engines = engines;
        this.wanted = properties.measurement().prepare();
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
            engines.preferred().status();
            queue.prepare(host, host.description().cores(), PATIENCE);
            for (Engine engine : engines.all()) {
                if (engine.onHost()
                        && !engine.id().equals(ReferenceEngine.ID)
                        && engine.status().available()) {
                    queue.prepare(smallPlan(engine), ESTIMATE, PATIENCE);
                }
            }
            LOGGER.debug("ready to measure after {} ms", (System.nanoTime() - begin) / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UnsupportedNetworkException | RuntimeException e) {
            // Others measure already, the service shuts down, or an engine fails: who asks for it is told.
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
