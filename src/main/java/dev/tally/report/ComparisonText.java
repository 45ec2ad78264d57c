package dev.tally.report;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.Totals;
import dev.tally.planning.Figure;
import dev.tally.planning.RankCorrelation;
import dev.tally.planning.comparison.Comparison;
import dev.tally.planning.comparison.Comparison.Compared;
import dev.tally.planning.comparison.Prediction;
import dev.tally.planning.comparison.Times;
import dev.tally.planning.comparison.Times.NetworkTimes;
import dev.tally.report.TextTable.Align;
import dev.tally.report.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as tables for a terminal of 100 columns: the networks below each other, then their layers beside each
 * other ({@link ComparisonRows}). Ratios are those of the first network to each.
 */
public final class ComparisonText {
    static final int WIDTH = 100;
    private static final Column RATIO = new Column("ratio", Align.RIGHT);

    /** Whose times fit beside the counts. */
    private static final int MOST_ENGINES = 1;

    private static final int HASHES_A_LINE = 5;

    private ComparisonText() {}

    /**
     * {@return the tables, and below them how far counts predict the times}
     *
     * @param layers whether the layers are wanted, or the totals alone
     * @param times how long the networks take, by each engine
     * @param notMeasured why a network was not measured; null where it was, or was not to be
     */
    public static String of(
            Comparison comparison, boolean layers, List<Times> times, List<@Nullable String> notMeasured) {
        StringBuilder text = new StringBuilder();
        text.append(comparison.networks().size())
                .append(" networks; ratios are of the first to each: over 1 is cheaper\n\n");
        appendNetworks(comparison, times, text);
        for (int i = 0; i < notMeasured.size(); i++) {
            if (notMeasured.get(i) != null) {
                text.append(comparison.networks().get(i).name())
                        .append(" was not measured: ")
                        .append(notMeasured.get(i))
                        .append('\n');
            }
        }
        text.append('\n');
        int shared = comparison.sharedRows();
        text.append(
                shared == 0
                        ? "they share no layer by name: only the totals are compared\n"
                        : shared + " of " + comparison.rows().size() + " layers stand in all, by their names\n");
        if (layers) {
            text.append('\n');
            ComparisonRows.append(
                    comparison,
                    times.stream().filter(Times::ofSteps).findFirst().orElse(null),
                    text);
        }
        appendPredictions(Prediction.of(comparison, times), text);
        text.append("\ncounting rules ").append(Analysis.COUNTING_RULES);
        for (int i = 0; i < comparison.networks().size(); i++) {
            text.append(i == 0 ? ", networks " : i % HASHES_A_LINE == 0 ? "\n  " : " ");
            text.append(comparison.networks().get(i).analysis().network().hash(), 0, 12);
        }
        text.append('\n');
        return text.toString();
    }

    private static void appendNetworks(Comparison comparison, List<Times> times, StringBuilder text) {
        List<Times> shown = times.subList(0, Math.min(MOST_ENGINES, times.size()));
        List<Column> columns = new ArrayList<>(List.of(
                new Column("network", Align.FLEXIBLE),
                new Column("multiplies", Align.RIGHT),
                RATIO,
                new Column("parameters", Align.RIGHT),
                RATIO,
                new Column("peak bytes", Align.RIGHT),
                RATIO));
        shown.forEach(one -> columns.addAll(List.of(new Column(heading(one), Align.RIGHT), RATIO)));
        TextTable table = new TextTable(WIDTH, columns);
        for (int i = 0; i < comparison.networks().size(); i++) {
            Compared network = comparison.networks().get(i);
            Totals totals = network.analysis().totals();
            List<String> row = new ArrayList<>(List.of(
                    network.name(),
                    AnalysisText.number(totals.operations().multiplies()),
                    ratio(i == 0 ? null : comparison.ratio(Figure.MULTIPLIES, i)),
                    AnalysisText.number(totals.parameters()),
                    ratio(i == 0 ? null : comparison.ratio(Figure.PARAMETERS, i)),
                    AnalysisText.number(totals.peakActivationBytes()),
                    ratio(i == 0 ? null : comparison.ratio(Figure.PEAK_ACTIVATION_BYTES, i))));
            for (Times one : shown) {
                NetworkTimes known = one.networks().get(i);
                row.add(known == null || known.nanos() == null ? "" : MeasuredText.millis(known.nanos()));
                row.add(ratio(known == null ? null : known.ratio()));
            }
            table.add(row);
        }
        table.appendWithoutSumsTo(text);
        shown.forEach(one -> text.append(heading(one)).append(": ").append(meaning(one)));
        appendOtherTimes(comparison, times.subList(shown.size(), times.size()), text);
    }

    /** The times that do not fit beside the counts, a table an engine. */
    private static void appendOtherTimes(Comparison comparison, List<Times> times, StringBuilder text) {
        for (Times one : times) {
            text.append('\n');
            TextTable table = new TextTable(
                    WIDTH,
                    List.of(new Column("network", Align.FLEXIBLE), new Column(heading(one), Align.RIGHT), RATIO));
            for (int i = 0; i < comparison.networks().size(); i++) {
                NetworkTimes known = one.networks().get(i);
                table.add(List.of(
                        comparison.networks().get(i).name(),
                        known == null || known.nanos() == null ? "" : MeasuredText.millis(known.nanos()),
                        ratio(known == null ? null : known.ratio())));
            }
            table.appendWithoutSumsTo(text);
            text.append(heading(one)).append(": ").append(meaning(one));
        }
    }

    private static String heading(Times times) {
        return times.source() == Times.Source.MEASURED ? "ms" : "estimated ms";
    }

    private static String meaning(Times times) {
        return switch (times.source()) {
            case MEASURED -> "on " + times.engine() + ", the ratio in turns with the first\n";
            case LATENCIES -> "on " + times.engine() + ", the sum of the layers' in the latency table\n";
        };
    }

    /** {@return a ratio as people say it; nothing where there is none} */
    static String ratio(@Nullable Double ratio) {
        return ratio == null ? "" : String.format(Locale.ROOT, ratio < 100 ? "%.2f" : "%,.0f", ratio);
    }

    private static void appendPredictions(List<Prediction> predictions, StringBuilder text) {
        if (predictions.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(
                WIDTH,
                List.of(
                        new Column("does counting predict time?", Align.LEFT),
                        new Column("n", Align.RIGHT),
                        new Column("multiplies", Align.RIGHT),
                        new Column("bytes moved", Align.RIGHT),
                        new Column("parameters", Align.RIGHT)));
        for (Prediction prediction : predictions) {
            table.add(List.of(
                    prediction.over().id() + ", " + prediction.times().engine()
                            + (prediction.times().source() == Times.Source.MEASURED ? "" : ", estimated"),
                    String.valueOf(prediction.prediction().n()),
                    correlation(prediction.prediction().multiplies()),
                    correlation(prediction.prediction().bytesMoved()),
                    correlation(prediction.prediction().parameters())));
        }
        text.append('\n');
        table.appendWithoutSumsTo(text);
        text.append("rank correlation with the time, Spearman's rho and Kendall's tau: 1 is the same order\n");
    }

    private static String correlation(Optional<RankCorrelation> correlation) {
        return correlation
                .map(known -> String.format(Locale.ROOT, "%.2f %.2f", known.spearman(), known.kendall()))
                .orElse("");
    }
}
