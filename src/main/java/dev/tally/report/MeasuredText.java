package dev.tally.report;

import dev.tally.measurement.Figures;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.Conditions;
import dev.tally.measurement.Timing;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Rate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What was measured as a few lines under the totals, for each engine. */
final class MeasuredText {
    /** Above which the host was so disturbed that it is worth measuring again; a shared one is seldom below 1.05. */
    static final double DISTURBED = 1.15;

    private MeasuredText() {}

    static void append(MeasuredAnalysis measured, StringBuilder text) {
        for (Measurement measurement : measured.measurements().engines()) {
            text.append('\n');
            append(measured, measurement, text);
        }
        measured.measurements()
                .largestDifference()
                .ifPresent(difference -> text.append("\nthe engines' outputs differ by ")
                        .append(error(difference))
                        .append(" of the largest at most\n"));
    }

    private static void append(MeasuredAnalysis measured, Measurement measurement, StringBuilder text) {
        Conditions conditions = measurement.conditions();
        text.append(conditions.engine())
                .append(conditions.version() == null ? "" : " " + conditions.version())
                .append(conditions.algorithm() == null ? "" : ", convolutions by " + conditions.algorithm())
                .append(conditions.threads() == 1 ? ", 1 thread, " : ", " + conditions.threads() + " threads, ")
                .append(conditions.precision())
                .append(", on ")
                .append(conditions.device() == null ? "" : conditions.device() + ", in ")
                .append(measured.host())
                .append('\n');
        Figures figures = measurement.figures();
        Timing timing = figures.timing();
        Rate rate = measured.rate(measurement);
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("median", millis(timing.median()) + " ms");
        lines.put(
                "  8 of 10 runs",
                millis(timing.p10()) + " to " + millis(timing.p90()) + " ms, of " + AnalysisText.number(timing.runs())
                        + " runs");
        lines.put("  fastest", millis(timing.min()) + " ms");
        figures.deviceNanos().ifPresent(nanos -> lines.put("  on the device", millis((double) nanos) + " ms"));
        lines.put(
                "  first",
                millis((double) figures.coldNanos()) + " ms, after " + millis((double) figures.prepareNanos())
                        + " ms to prepare");
        if (!measurement.steps().isEmpty()) {
            lines.put(
                    "layers by themselves",
                    millis(measurement.stepsNanos()) + " ms in sum"
                            + (measurement.stepsDisagree() ? ", more than a tenth apart from the whole" : ""));
        }
        lines.put(
                "speed",
                String.format(Locale.ROOT, "%.1f GFLOP/s", rate.gflops())
                        + (rate.shareOfPeak().isPresent()
                                ? ", "
                                        + AnalysisText.percent(
                                                100 * rate.shareOfPeak().getAsDouble()) + " of this host's peak"
                                : ""));
        lines.put("largest error", error(figures.maxRelativeError()) + " of the largest reference");
        lines.put(
                "host",
                String.format(Locale.ROOT, "%.2f times as slow as at its best", figures.disturbance())
                        + (figures.disturbance() > DISTURBED ? ": disturbed, measure again" : ""));
        if (measurement.baseline() != null) {
            lines.put("against " + baselineName(measured), against(measured, conditions, measurement.baseline()));
        }
        AnalysisText.appendLines(lines, text);
    }

    private static String baselineName(MeasuredAnalysis measured) {
        String name = Objects.requireNonNull(measured.baseline()).network().name();
        return name.isEmpty() ? "the baseline" : TextTable.shorten(name, 30);
    }

    private static String against(MeasuredAnalysis measured, Conditions conditions, Measurement.Baseline baseline) {
        Double multiplies = measured.multipliesRatio();
        return (multiplies == null ? "" : String.format(Locale.ROOT, "multiplies %.2f to 1, ", multiplies))
                + String.format(Locale.ROOT, "time %.2f to 1", baseline.ratio())
                + " (" + millis(baseline.figures().timing().median()) + " ms"
                + (conditions.algorithm() == null ? ")" : " by the engine's own choice)");
    }

    /** {@return a time in milliseconds, to a tenth of a microsecond where it is short} */
    static String millis(double nanos) {
        double millis = nanos / 1e6;
        return String.format(
                Locale.ROOT, millis < 0.1 ? "%.4f" : millis < 10 ? "%.3f" : millis < 1000 ? "%.1f" : "%,.0f", millis);
    }

    private static String error(double relative) {
        return relative == 0 ? "0" : String.format(Locale.ROOT, "%.1e", relative);
    }
}
