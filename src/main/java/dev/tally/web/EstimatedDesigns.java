package dev.tally.web;

import dev.tally.engine.Precision;
import dev.tally.latency.Conditions;
import dev.tally.latency.Latency;
import dev.tally.latency.LatencyEstimates;
import dev.tally.latency.StepLatencies;
import dev.tally.network.LayerKey;
import dev.tally.network.Subnetworks;
import dev.tally.network.Subnetworks.Step;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.Contender;
import dev.tally.planning.alternative.DesignEstimates;
import dev.tally.planning.alternative.DesignEstimates.DesignEstimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How long designs of layers take by what was measured before; of all layers the steps are looked up at once. */
@Component
final class EstimatedDesigns {
    private final LatencyEstimates estimates;

    EstimatedDesigns(LatencyEstimates estimates) {
        this.estimates = estimates;
    }

    /**
     * {@return what is known of the designs of each layer}
     *
     * @throws dev.tally.storage.StorageUnavailableException if the table is away
     */
    List<DesignEstimates> of(AlternativesPlan plan, EstimateRequest asked) {
        Precision precision =
                asked.precision() == null ? Precision.byDefault(plan.network().dataType()) : asked.precision();
        StepLatencies table = estimates.steps(asked.engine(), precision.id(), asked.threads(), asked.host());
        List<List<Map<String, LayerKey>>> layers = plan.layers().stream()
                .map(layer ->
                        layer.designs().stream().map(EstimatedDesigns::steps).toList())
                .toList();
        Set<LayerKey> keys = layers.stream()
                .flatMap(List::stream)
                .flatMap(design -> design.values().stream())
                .collect(Collectors.toSet());
        Map<LayerKey, Latency> known = table.find(keys);
        return layers.stream()
                .map(designs -> estimates(table.conditions(), designs, known))
                .toList();
    }

    /** {@return the keys of a design's steps, by the names of their first layers} */
    private static Map<String, LayerKey> steps(Contender design) {
        Map<String, LayerKey> keys = new LinkedHashMap<>();
        for (Step step : Subnetworks.of(design.part().network())) {
            keys.put(step.first().name(), LayerKey.of(step));
        }
        return keys;
    }

    private static DesignEstimates estimates(
            Conditions conditions, List<Map<String, LayerKey>> designs, Map<LayerKey, Latency> known) {
        return new DesignEstimates(
                conditions.engine(),
                conditions.threads(),
                conditions.precision(),
                conditions.host(),
                conditions.device(),
                designs.stream().map(steps -> estimate(steps, known)).toList());
    }

    private static DesignEstimate estimate(Map<String, LayerKey> steps, Map<LayerKey, Latency> known) {
        double nanos = 0;
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, LayerKey> step : steps.entrySet()) {
            Latency latency = known.get(step.getValue());
            if (latency == null) {
                missing.add(step.getKey());
            } else {
                nanos += latency.median();
            }
        }
        return new DesignEstimate(missing.isEmpty() ? (Double) nanos : null, missing);
    }
}
