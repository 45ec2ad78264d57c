package dev.tally.job;

import dev.tally.network.Network;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of several networks, as it is stored. Each is found again by its hash, so that a later version that
 * makes other networks of the same request still reads those that it has in common. The names of the components are in
 * databases, as those of {@link StoredResult} and {@link Failure}.
 *
 * @param networks in the order in which they were measured; of a job that runs, those that are done
 */
public record StoredResults(List<StoredNetwork> networks) {
    public StoredResults {
        networks = List.copyOf(networks);
    }

    /**
     * One of them.
     *
     * @param networkHash the network's hash
     * @param result what was measured; null where nothing could be
     * @param failure why nothing could be; null where something was
     */
    public record StoredNetwork(
            String networkHash,
            @Nullable StoredResult result,
            @Nullable Failure failure) {}

    /** {@return what was stored} */
    public static StoredResults read(String json) {
        return Json.MAPPER.readValue(json, StoredResults.class);
    }

    /**
     * {@return what was found of networks, one entry each; null where nothing is known} Networks that do the same have
     * one hash: what was found of them is theirs in the order in which they stand.
     */
    public List<@Nullable StoredNetwork> of(List<Network> asked) {
        Map<String, Deque<StoredNetwork>> byHash = new HashMap<>();
        networks.forEach(network -> byHash.computeIfAbsent(network.networkHash(), _ -> new ArrayDeque<>())
                .add(network));
        return asked.stream().map(network -> next(byHash.get(network.hash()))).toList();
    }

    private static @Nullable StoredNetwork next(@Nullable Deque<StoredNetwork> found) {
        return found == null ? null : found.poll();
    }
}
