package dev.tally.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker measures with.
 *
 * @param id the worker, as it is named in jobs
 * @param host the fingerprint of its host
 * @param cores the most threads that a measurement there computes with
 * @param memoryBytes the most that what is measured there may take
 * @param engines its engines, available or not
 * @param devices what its measurements run on, one at a time on each: the machine's processor, which other workers on
 *     the same machine have as well, and the GPUs of its engines
 * @param peakFlops what its host reaches with how many threads, in operations a second; as far as it was measured
 */
public record Announcement(
        String id,
        String host,
        int cores,
        long memoryBytes,
        List<EngineEntry> engines,
        List<String> devices,
        Map<Integer, Double> peakFlops) {
    public Announcement {
        engines = List.copyOf(engines);
        devices = List.copyOf(devices);
        peakFlops = Map.copyOf(peakFlops);
    }

    /**
     * An engine.
     *
     * @param id its name in requests
     * @param unavailable why it is not available there; null where it is
     */
    public record EngineEntry(String id, @Nullable String unavailable) {}

    /** {@return the ids of the engines that are available there} */
    public List<String> available() {
        return engines.stream()
                .filter(engine -> engine.unavailable() == null)
                .map(EngineEntry::id)
                .toList();
    }
}
