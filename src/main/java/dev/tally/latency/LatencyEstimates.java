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

    /** {@return what one network takes} As {@link #of(List, String, String, int, String)}. */
    public LatencyEstimate of(Network network, String engine, String precision, int threads, String host) {
        return of(List.of(network), engine, precision, threads, host).getFirst();
    }

    /**
     * {@return what networks take by the table, by the engine's own choice of algorithms} Of several devices, or
     * drivers, that an engine computed on, the one that was seen for the first time last is taken for all steps. What
     * the networks have in common is looked up once.
     *
     * @param host the fingerprint of the host
     * @throws dev.tally.storage.StorageUnavailableException if the tables are not made yet
     */
    public List<LatencyEstimate> of(List<Network> networks, String engine, String precision, int threads, String host) {
        StepLatencies known = steps(engine, precision, threads, host);
        List<List<Step>> steps = networks.stream().map(Subnetworks::of).toList();
        Set<LatencyKey> asked = new LinkedHashSet<>();
        steps.forEach(ofNetwork -> ofNetwork.forEach(step -> asked.add(LatencyKey.of(step))));
        networks.forEach(network -> asked.add(LatencyKey.of(network)));
        Map<String, Latency> found = known.byText(asked);
        List<LatencyEstimate> estimates = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            estimates.add(new LatencyEstimate(
                    known.conditions(),
                    steps.get(i).stream().map(step -> latency(step, found)).toList(),
                    found.get(LatencyKey.of(networks.get(i)).text())));
        }
        return estimates;
    }

    private static StepLatency latency(Step step, Map<String, Latency> found) {
        String key = LatencyKey.of(step).text();
        return new StepLatency(step.layers(), key, found.get(key));
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
