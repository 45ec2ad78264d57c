package dev.tally.report;

import dev.tally.latency.Conditions;
import dev.tally.latency.Latency;
import dev.tally.latency.LatencyEstimate;
import dev.tally.latency.LatencyEstimate.StepLatency;
import dev.tally.network.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The columns of an estimate, of layers and of the whole network. */
final class EstimateCsv implements MoreColumns {
    private static final List<String> OF_LAYERS =
            List.of("estimate:key", "estimate:medianMillis", "estimate:count", "estimate:lastMeasured");

    private static final List<String> OF_NETWORK = List.of(
            "estimate:engine",
            "estimate:threads",
            "estimate:precision",
            "estimate:host",
            "estimate:complete",
            "estimate:estimatedMillis",
            "estimate:foundMillis",
            "estimate:spreadMillis",
            "estimate:missing",
            "estimate:measuredMillis",
            "estimate:relativeError");

    private final LatencyEstimate estimate;

    EstimateCsv(LatencyEstimate estimate) {
        this.estimate = estimate;
    }

    @Override
    public List<String> names(boolean layers) {
        return layers ? OF_LAYERS : OF_NETWORK;
    }

    @Override
    public Map<String, Object> ofNetwork() {
        Conditions conditions = estimate.conditions();
        double found = Digits.millis(estimate.foundNanos());
        OptionalDouble spread = estimate.spreadNanos();
        OptionalDouble error = estimate.relativeError();
        Latency whole = estimate.whole();
        return cells(
                OF_NETWORK,
                List.of(
                        conditions.engine(),
                        conditions.threads(),
                        conditions.precision(),
                        conditions.host(),
                        estimate.complete(),
                        estimate.complete() ? (Object) found : "",
                        found,
                        spread.isPresent() ? (Object) Digits.millis(spread.getAsDouble()) : "",
                        estimate.missing().size(),
                        whole == null ? "" : (Object) Digits.millis(whole.median()),
                        error.isPresent() ? (Object) Digits.four(error.getAsDouble()) : ""));
    }

    @Override
    public Map<String, Object> of(Node layer) {
        for (StepLatency step : estimate.steps()) {
            if (step.layers().getFirst() == layer) {
                Latency latency = step.latency();
                return cells(
                        OF_LAYERS,
                        latency == null
                                ? List.of(step.key(), "", "", "")
                                : List.of(
                                        step.key(),
                                        Digits.millis(latency.median()),
                                        latency.count(),
                                        latency.measuredAt().toString()));
            }
        }
        return Map.of();
    }

    private static Map<String, Object> cells(List<String> names, List<Object> values) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            cells.put(names.get(i), values.get(i));
        }
        return cells;
    }
}
