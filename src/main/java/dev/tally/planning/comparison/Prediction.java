package dev.tally.planning.comparison;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.network.LayerKey;
import dev.tally.network.Node;
import dev.tally.network.Subnetworks;
import dev.tally.network.Subnetworks.Step;
import dev.tally.planning.TimePrediction;
import dev.tally.planning.TimedCounts;
import dev.tally.planning.comparison.Times.NetworkTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whether counting predicts time, among the networks of a comparison or among their layers.
 *
 * @param over what is put in order
 * @param times the times by which it is
 * @param prediction how far the counts put it in the same order
 */
public record Prediction(Over over, Times times, TimePrediction prediction) {
    /** What is put in order. */
    public enum Over {
        NETWORKS("networks"),
        /** Steps, each with what is fused into it; those of all networks that do the same work once. */
        LAYERS("layers");

        private final String id;

        Over(String id) {
            this.id = id;
        }

        /** {@return its name in JSON} */
        public String id() {
            return id;
        }
    }

    /** {@return what there is to say, on each engine: by measured times if there are any, else by the others} */
    public static List<Prediction> of(Comparison comparison, List<Times> times) {
        List<Times> measured = times.stream()
                .filter(one -> one.source() == Times.Source.MEASURED)
                .toList();
        List<Prediction> predictions = new ArrayList<>();
        for (Times one : measured.isEmpty() ? times : measured) {
            TimePrediction.of(networks(comparison, one))
                    .ifPresent(prediction -> predictions.add(new Prediction(Over.NETWORKS, one, prediction)));
            TimePrediction.of(layers(comparison, one))
                    .ifPresent(prediction -> predictions.add(new Prediction(Over.LAYERS, one, prediction)));
        }
        return predictions;
    }

    /**
     * By their times in turns with the first: a host that slows down between two networks does not change the order.
     */
    private static List<TimedCounts> networks(Comparison comparison, Times times) {
        NetworkTimes ofFirst = times.networks().getFirst();
        Double first = ofFirst == null ? null : ofFirst.nanos();
        List<TimedCounts> networks = new ArrayList<>();
        for (int i = 0; i < comparison.networks().size(); i++) {
            NetworkTimes known = times.networks().get(i);
            if (known != null && known.nanos() != null) {
                networks.add(TimedCounts.of(
                        comparison.networks().get(i).analysis().totals(),
                        first != null && known.ratio() != null ? first / known.ratio() : known.nanos()));
            }
        }
        return networks;
    }

    private static List<TimedCounts> layers(Comparison comparison, Times times) {
        Map<LayerKey, TimedCounts> byKey = new LinkedHashMap<>();
        for (int i = 0; i < comparison.networks().size(); i++) {
            NetworkTimes known = times.networks().get(i);
            if (known != null && !known.stepNanos().isEmpty()) {
                add(comparison.networks().get(i).analysis(), known.stepNanos(), byKey);
            }
        }
        return List.copyOf(byKey.values());
    }

    private static void add(Analysis analysis, Map<String, Double> nanos, Map<LayerKey, TimedCounts> byKey) {
        Map<Node, LayerAnalysis> counts = new HashMap<>();
        analysis.layers().forEach(layer -> counts.put(layer.node(), layer));
        for (Step step : Subnetworks.of(analysis.network())) {
            Double time = nanos.get(step.first().name());
            if (time != null) {
                byKey.computeIfAbsent(
                        LayerKey.of(step),
                        _ -> TimedCounts.of(
                                step.layers().stream()
                                        .map(node -> Objects.requireNonNull(counts.get(node), "all are counted"))
                                        .toList(),
                                time));
            }
        }
    }
}
