package dev.tally.latency;

import dev.tally.latency.LatencyEstimate.StepLatency;
import dev.tally.network.Network;
import dev.tally.network.Subnetworks;
import dev.tally.network.Subnetworks.Step;
import dev.tally.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Adds up what a network's steps took when they were measured, in whatever network that was. */
@Component
public final class LatencyEstimates {
    private final Latencies latencies;
    private final Storage storage;

    LatencyEstimates(Latencies latencies, Storage storage) {
        this.latencies = latencies;
        this.storage = storage;
    }

    /**
     * {@return what a network takes by the table, by the engine's own choice of algorithms} Of several devices, or
     * drivers, that an engine computed on, the one that was seen for the first time last is taken for all steps.
     *
     * @param host the fingerprint of the host
     * @throws dev.tally.storage.StorageUnavailableException if the tables are not made yet
     */
    public LatencyEstimate of(Network network, String engine, String precision, int threads, String host) {
        StepLatencies known = steps(engine, precision, threads, host);
        List<Step> steps = Subnetworks.of(network);
        LatencyKey whole = LatencyKey.of(network);
        List<LatencyKey> keys = steps.stream().map(LatencyKey::of).toList();
        Set<LatencyKey> asked = new LinkedHashSet<>(keys);
        asked.add(whole);
        Map<String, Latency> found = known.byText(asked);
        List<StepLatency> stepLatencies = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String key = keys.get(i).text();
            stepLatencies.add(new StepLatency(steps.get(i).layers(), key, found.get(key)));
        }
        return new LatencyEstimate(known.conditions(), stepLatencies, found.get(whole.text()));
    }

    /**
     * {@return what is known of single steps by the table, under the same conditions as {@link #of}}
     *
     * @throws dev.tally.storage.StorageUnavailableException if the tables are not made yet
     */
    public StepLatencies steps(String engine, String precision, int threads, String host) {
        storage.requireReady();
        Map.Entry<Integer, Conditions> newest = latencies
                .conditions(new LatencyFilter(null, null, engine, "", precision, threads, host))
                .lastEntry();
        return newest == null
                ? new StepLatencies(latencies, null, new Conditions(engine, "", precision, threads, host, ""))
                : new StepLatencies(latencies, newest.getKey(), newest.getValue());
    }
}
