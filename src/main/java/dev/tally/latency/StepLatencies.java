package dev.tally.latency;

import dev.tally.network.LayerKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the table has of single steps under one set of conditions. Several threads may look steps up at once. */
public final class StepLatencies {
    /** The most steps that one statement asks for. */
    private static final int MOST_AT_ONCE = 1_000;

    private final Latencies latencies;
    private final @Nullable Integer id;
    private final Conditions conditions;

    /** @param id the number of the conditions; null where nothing was measured under them */
    StepLatencies(Latencies latencies, @Nullable Integer id, Conditions conditions) {
        this.latencies = latencies;
        this.id = id;
        this.conditions = conditions;
    }

    /** {@return what the times were measured with; where nothing was, what was asked for} */
    public Conditions conditions() {
        return conditions;
    }

    /** {@return what is known of steps, by their keys} */
    public Map<LayerKey, Latency> find(Collection<LayerKey> steps) {
        Map<LatencyKey, LayerKey> asked = HashMap.newHashMap(steps.size());
        steps.forEach(step -> asked.put(LatencyKey.bounded(step.text()), step));
        Map<LayerKey, Latency> found = new HashMap<>();
        Map<String, Latency> byText = byText(asked.keySet());
        asked.forEach((key, step) -> {
            Latency latency = byText.get(key.text());
            if (latency != null) {
                found.put(step, latency);
            }
        });
        return found;
    }

    Map<String, Latency> byText(Collection<LatencyKey> keys) {
        if (id == null) {
            return Map.of();
        }
        Map<String, Latency> found = new HashMap<>();
        List<LatencyKey> asked = new ArrayList<>(keys);
        for (int from = 0; from < asked.size(); from += MOST_AT_ONCE) {
            found.putAll(
                    latencies.find(id, conditions, asked.subList(from, Math.min(asked.size(), from + MOST_AT_ONCE))));
        }
        return found;
    }
}
