package dev.tally.report;

import dev.tally.analysis.Analysis;
import dev.tally.measurement.Measurement;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.report.TextTable.Align;
import dev.tally.report.TextTable.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Layers that were measured by themselves, as a table for a terminal and as comma-separated values: a line a layer. */
public final class LayerTimesReport {
    private static final int WIDTH = 100;
    private static final List<String> COUNTS = List.of("key", "name", "multiplies", "bytesMoved", "parameters");

    private LayerTimesReport() {}

    /** {@return the table} */
    public static String text(List<LayerTimes> layers) {
        Set<String> engines = new LinkedHashSet<>();
        layers.forEach(layer -> measurements(layer)
                .forEach(measurement -> engines.add(measurement.conditions().engine())));
        List<Column> columns =
                new ArrayList<>(List.of(new Column("layer", Align.FLEXIBLE), new Column("multiplies", Align.RIGHT)));
        engines.forEach(engine -> columns.add(new Column(engine + " ms", Align.RIGHT)));
        TextTable table = new TextTable(WIDTH, columns);
        StringBuilder reasons = new StringBuilder();
        for (LayerTimes layer : layers) {
            List<String> row = new ArrayList<>(List.of(
                    layer.key(),
                    AnalysisText.number(layer.analysis().totals().operations().multiplies())));
            for (String engine : engines) {
                row.add(measurements(layer).stream()
                        .filter(measurement -> measurement.conditions().engine().equals(engine))
                        .map(measurement -> MeasuredText.millis(
                                measurement.figures().timing().median()))
                        .findFirst()
                        .orElse(""));
            }
            table.add(row);
            if (layer.notMeasured() != null) {
                reasons.append(layer.key())
                        .append(" was not measured: ")
                        .append(layer.notMeasured())
                        .append('\n');
            }
        }
        StringBuilder text = new StringBuilder();
        table.appendWithoutSumsTo(text);
        return text.append(reasons)
                .append("\ncounting rules ")
                .append(Analysis.COUNTING_RULES)
                .append('\n')
                .toString();
    }

    private static List<Measurement> measurements(LayerTimes layer) {
        MeasuredAnalysis measured = layer.measured();
        return measured == null ? List.of() : measured.measurements().engines();
    }

    /** {@return the lines} */
    public static byte[] csv(List<LayerTimes> layers) {
        Set<String> names = new LinkedHashSet<>(COUNTS);
        List<Map<String, Object>> lines = new ArrayList<>();
        for (LayerTimes layer : layers) {
            List<Object> counts = List.of(
                    layer.key(),
                    layer.name(),
                    layer.analysis().totals().operations().multiplies(),
                    layer.analysis().totals().bytesMoved(),
                    layer.analysis().totals().parameters());
            Map<String, Object> line = new LinkedHashMap<>();
            for (int i = 0; i < COUNTS.size(); i++) {
                line.put(COUNTS.get(i), counts.get(i));
            }
            if (layer.measured() != null) {
                MeasuredCsv measured = new MeasuredCsv(layer.measured());
                names.addAll(measured.names(false));
                line.putAll(measured.ofNetwork());
            }
            lines.add(line);
        }
        return Csv.write(names, lines);
    }
}
