package dev.tally.web;

import dev.tally.host.Host;
import dev.tally.job.HostFigures;
import dev.tally.job.Installation;
import dev.tally.job.Workers;
import dev.tally.web.EnginesDocument.HostDocument;
import dev.tally.web.EnginesDocument.WorkerDocument;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be measured with. */
@RestController
@Tag(name = "Engines", description = "What can be measured with here.")
class EnginesController {
    /** For one more measurement to end, and the host's own, once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Installation installation;
    private final Host host;
    private final HostFigures figures;
    private final Workers workers;

    EnginesController(Installation installation, Host host, HostFigures figures, Workers workers) {
        this.installation = installation;
        this.host = host;
        this.figures = figures;
        this.workers = workers;
    }

    @GetMapping(path = "/v1/engines", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "engines",
            summary = "List the engines",
            description =
                    "Each engine: available, or not and why, and its algorithms that can be asked for. The host: cores, caches,"
                            + " what it was measured to reach; the first such request of a process measures that, for about"
                            + " a second. And all who measure, this process among them if that is its role.")
    EnginesDocument engines() {
        return new EnginesDocument(
                HostDocument.of(
                        host.fingerprint(), host.description(), figures.peaks(PATIENCE), figures.bandwidths(PATIENCE)),
                installation.engines().all().stream()
                        .map(engine -> EngineDocument.of(engine, installation.unavailable(engine.id())))
                        .toList(),
                workers.known().stream().map(WorkerDocument::of).toList());
    }
}
