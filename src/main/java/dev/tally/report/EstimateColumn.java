package dev.tally.report;

import dev.tally.latency.Latency;
import dev.tally.latency.LatencyEstimate;
import dev.tally.latency.LatencyEstimate.StepLatency;
import dev.tally.report.TextTable.Align;
import dev.tally.report.TextTable.Column;
import java.util.HashMap;
import java.util.Map;

/** What the latency table has of each layer, as a column of the table of layers. */
final class EstimateColumn {
    private static final String MISSING = "missing";

    private final LatencyEstimate estimate;
    private final Map<String, String> cells = new HashMap<>();

    EstimateColumn(LatencyEstimate estimate) {
        this.estimate = estimate;
        for (StepLatency step : estimate.steps()) {
            Latency latency = step.latency();
            cells.put(step.name(), latency == null ? MISSING : MeasuredText.millis(latency.median()));
        }
    }

    Column heading() {
        return new Column("estimated ms", Align.RIGHT);
    }

    /** {@return the cell of a layer; an empty one for what is no step, which takes no time} */
    String cell(String layer) {
        return cells.getOrDefault(layer, "");
    }

    /** {@return the sum; none where a layer is missing} */
    String sum() {
        return estimate.complete() ? MeasuredText.millis(estimate.foundNanos()) : "";
    }
}
