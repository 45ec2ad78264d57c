package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tally.latency.Latency;
import dev.tally.latency.LatencyEstimate;
import dev.tally.latency.LatencyEstimate.StepLatency;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Ratio;
import dev.tally.planning.comparison.Comparison;
import dev.tally.planning.comparison.Times;
import dev.tally.planning.comparison.Times.NetworkTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A comparison on its way out: JSON, a table or CSV, as the request asks.
 *
 * @param layers whether the layers are wanted, or the totals alone
 * @param version the service's version
 * @param measured what was measured of each network, or null where nothing was
 * @param notMeasured why a network was not measured, or null where it was, or was not to be
 * @param estimates what is known of each network's time from before, or null where that is not asked for
 */
record ComparisonAnswer(
        Comparison comparison,
        boolean layers,
        String version,
        List<@Nullable MeasuredAnalysis> measured,
        List<@Nullable String> notMeasured,
        List<@Nullable LatencyEstimate> estimates)
        implements JobAnswer {
    @Override
    @JsonValue
    public ComparisonDocument document() {
        return ComparisonDocument.of(this);
    }

    /** {@return how long the networks take: on each engine that measured, and by the latency table} */
    List<Times> times() {
        List<Times> times = new ArrayList<>(Times.measured(measured));
        LatencyEstimate first = estimates.getFirst();
        if (first != null) {
            List<@Nullable NetworkTimes> estimated = new ArrayList<>();
            for (LatencyEstimate estimate : estimates) {
                estimated.add(estimate == null ? null : times(estimate, estimated.isEmpty() ? null : first));
            }
            times.add(new Times(Times.Source.LATENCIES, first.conditions().engine(), estimated));
        }
        return times;
    }

    /** @param first the first network's; null for itself */
    private static NetworkTimes times(LatencyEstimate estimate, @Nullable LatencyEstimate first) {
        Map<String, Double> steps = new HashMap<>();
        for (StepLatency step : estimate.steps()) {
            Latency latency = step.latency();
            if (latency != null) {
                steps.put(step.name(), latency.median());
            }
        }
        return new NetworkTimes(
                estimate.complete() ? (Double) estimate.foundNanos() : null,
                first != null && first.complete() && estimate.complete()
                        ? Ratio.of(first.foundNanos(), estimate.foundNanos())
                        : null,
                steps);
    }
}
