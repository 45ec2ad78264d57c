package dev.tally.report;

import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.report.TextTable.Align;
import dev.tally.report.TextTable.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The times of one engine as columns of the table of layers: each layer by itself, and its share of their sum. */
final class MeasuredColumns {
    private final String heading;
    private final double sum;
    private final Map<String, Double> nanos = new HashMap<>();

    private MeasuredColumns(String heading, Measurement measurement) {
        this.heading = heading;
        this.sum = measurement.stepsNanos();
        for (StepFigures step : measurement.steps()) {
            nanos.put(step.step().first().name(), step.figures().timing().median());
        }
    }

    /** {@return the columns of each engine whose layers were measured} */
    static List<MeasuredColumns> of(MeasuredAnalysis measured) {
        List<Measurement> engines = measured.measurements().engines();
        return engines.stream()
                .filter(measurement -> !measurement.steps().isEmpty())
                .map(measurement -> new MeasuredColumns(
                        engines.size() == 1 ? "ms" : measurement.conditions().engine() + " ms", measurement))
                .toList();
    }

    List<Column> headings() {
        return List.of(new Column(heading, Align.RIGHT), new Column("of time", Align.RIGHT));
    }

    /** {@return the cells of a layer; empty ones for what is no step, which takes no time} */
    List<String> cells(String layer) {
        Double time = nanos.get(layer);
        return time == null
                ? List.of("", "")
                : List.of(MeasuredText.millis(time), AnalysisText.percent(100 * time / sum));
    }

    List<String> sums() {
        return List.of(MeasuredText.millis(sum), "");
    }
}
