package dev.tally.web;

import dev.tally.host.Bandwidth;
import dev.tally.host.Host;
import dev.tally.host.Peak;
import dev.tally.measurement.MeasurementQueue;
import dev.tally.measurement.MeasurementQueue.QueueFullException;
import dev.tally.measurement.MeasurementTimeoutException;
import dev.tally.web.EnginesDocument.HostDocument;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be measured with. */
@RestController
@Tag(name = "Engines", description = "What can be measured with here.")
class EnginesController {
    /** For one more measurement to end, and the host's own, once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Engines engines;
    private final Host host;
    private final MeasurementQueue queue;

    EnginesController(Engines engines, Host host, MeasurementQueue queue) {
        this.engines = engines;
        this.host = host;
        this.queue = queue;
    }

    @GetMapping(path = "/v1/engines", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "engines",
            summary = "List the engines",
            description =
                    "Each engine: available, or not and why, and its algorithms that can be asked for. And the host: cores, caches, what it was measured to"
                            + " reach; the first such request of a process measures that, for about a second.")
    EnginesDocument engines() {
        return new EnginesDocument(
                HostDocument.of(host.fingerprint(), host.description(), peaks(), bandwidths()),
                engines.all().stream().map(EngineDocument::of).toList());
    }

    private @Nullable List<Peak> peaks() {
        return unlessBusy(() -> {
            List<Peak> peaks = new ArrayList<>(List.of(queue.peak(host, 1, PATIENCE)));
            int cores = host.description().cores();
            if (cores > 1) {
                peaks.add(queue.peak(host, cores, PATIENCE));
            }
            return peaks;
        });
    }

    private @Nullable List<Bandwidth> bandwidths() {
        return unlessBusy(() -> queue.bandwidth(host, PATIENCE));
    }

    private interface Measured<T> {
        T get() throws InterruptedException;
    }

    private static <T> @Nullable T unlessBusy(Measured<T> measured) {
        try {
            return measured.get();
        } catch (QueueFullException | MeasurementTimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
