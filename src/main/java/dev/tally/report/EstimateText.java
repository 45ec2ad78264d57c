package dev.tally.report;

import dev.tally.latency.Conditions;
import dev.tally.latency.Latency;
import dev.tally.latency.LatencyEstimate;
import dev.tally.latency.LatencyEstimate.StepLatency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An estimate as a few lines under the totals. */
final class EstimateText {
    private static final int MOST_NAMED = 5;
    private static final int LONGEST_NAME = 24;

    private EstimateText() {}

    static void append(LatencyEstimate estimate, StringBuilder text) {
        Conditions conditions = estimate.conditions();
        text.append("estimate from latencies: ")
                .append(conditions.engine())
                .append(conditions.threads() == 1 ? ", 1 thread, " : ", " + conditions.threads() + " threads, ")
                .append(conditions.precision())
                .append(", on ")
                .append(conditions.device().isEmpty() ? "" : conditions.device() + ", in ")
                .append(conditions.host())
                .append('\n');
        Map<String, String> lines = new LinkedHashMap<>();
        List<StepLatency> missing = estimate.missing();
        int steps = estimate.steps().size();
        if (missing.isEmpty()) {
            lines.put("sum of the layers", MeasuredText.millis(estimate.foundNanos()) + " ms");
            estimate.spreadNanos()
                    .ifPresent(spread -> lines.put(
                            "  spread",
                            "± " + MeasuredText.millis(spread) + " ms at most, from one measurement to the next"));
        } else {
            lines.put("sum of the layers", "not known: " + missing.size() + " of " + steps + " are missing");
            lines.put("  missing", names(missing));
            lines.put("  the others", MeasuredText.millis(estimate.foundNanos()) + " ms");
        }
        if (estimate.disturbed() > 0) {
            lines.put("  disturbed", estimate.disturbed() + " of " + steps + " never measured on a quiet host");
        }
        Latency whole = estimate.whole();
        if (whole != null) {
            lines.put("measured as a whole", MeasuredText.millis(whole.median()) + " ms" + error(estimate));
        }
        AnalysisText.appendLines(lines, text);
    }

    private static String names(List<StepLatency> missing) {
        StringBuilder names = new StringBuilder();
        for (StepLatency step : missing.subList(0, Math.min(MOST_NAMED, missing.size()))) {
            names.append(names.isEmpty() ? "" : ", ").append(TextTable.shorten(step.name(), LONGEST_NAME));
        }
        int more = missing.size() - MOST_NAMED;
        return names + (more > 0 ? " and " + more + " more" : "");
    }

    private static String error(LatencyEstimate estimate) {
        if (estimate.relativeError().isEmpty()) {
            return "";
        }
        double error = estimate.relativeError().getAsDouble();
        return String.format(
                Locale.ROOT, ": the sum is %.1f %% %s", 100 * Math.abs(error), error < 0 ? "below" : "above");
    }
}
