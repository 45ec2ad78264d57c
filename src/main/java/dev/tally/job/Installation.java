package dev.tally.job;

import dev.tally.engine.Engine;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.measurement.Engines;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What can be measured with, wherever a worker is. */
@Component
public final class Installation {
    private final Engines engines;
    private final Workers workers;

    Installation(Engines engines, Workers workers) {
        this.engines = engines;
        this.workers = workers;
    }

    /** {@return the engines that Tally knows, available or not} */
    public Engines engines() {
        return engines;
    }

    /**
     * {@return of some engines the one that measures where a request names none: the first that a worker has} The
     * reference is none of them: it is there to check the others, and times a hundred times as long should be asked
     * for. Where no worker has another it is the first, for whoever asks to be told why not.
     */
    public Engine preferred(Engines among) {
        return among.all().stream()
                .filter(engine -> !engine.id().equals(ReferenceEngine.ID))
                .filter(engine -> unavailable(engine.id()) == null)
                .findFirst()
                .orElse(among.all().getFirst());
    }

    /** {@return why no worker has an engine; null where one does} */
    public @Nullable String unavailable(String engine) {
        List<Announcement> known = workers.known();
        if (known.stream().anyMatch(worker -> worker.available().contains(engine))) {
            return null;
        }
        return known.stream()
                .flatMap(worker -> worker.engines().stream())
                .filter(entry -> entry.id().equals(engine))
                .map(Announcement.EngineEntry::unavailable)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("no worker is known that measures");
    }

    /** {@return the most threads that a worker computes with; 0 where none is known} */
    public int mostCores() {
        return workers.known().stream().mapToInt(Announcement::cores).max().orElse(0);
    }

    /** {@return the fingerprints of the hosts that measure} */
    public List<String> hosts() {
        return workers.known().stream()
                .map(Announcement::host)
                .distinct()
                .sorted()
                .toList();
    }

    /** {@return the engines in words, with the reason where no worker has one} */
    public String listEngines() {
        return "there are: "
                + engines.all().stream()
                        .map(engine -> {
                            String reason = unavailable(engine.id());
                            return engine.id() + (reason == null ? "" : " (not available: " + reason + ")");
                        })
                        .collect(Collectors.joining(", "));
    }

    /** {@return the workers with all of these engines, on this host, that compute with as many threads} */
    List<Announcement> workers(List<String> ids, String onHost, int threads) {
        return workers.known().stream()
                .filter(worker -> worker.available().containsAll(ids))
                .filter(worker -> onHost.equals(Route.ANY) || worker.host().equals(onHost))
                .filter(worker -> worker.cores() >= threads)
                .toList();
    }

    /** {@return whether anybody measures} */
    boolean hasWorkers() {
        return !workers.known().isEmpty();
    }
}
