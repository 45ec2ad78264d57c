package dev.tally.report;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.network.Liveness.Role;
import dev.tally.planning.Ratio;
import dev.tally.planning.comparison.Comparison;
import dev.tally.planning.comparison.Comparison.Row;
import dev.tally.planning.comparison.Times;
import dev.tally.report.TextTable.Align;
import dev.tally.report.TextTable.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layers of networks beside each other, by their names, with the multiplies of each, and its time where that is
 * known. What is fused into a layer stands in its row. Networks that do not fit into the width are left out, which is
 * said.
 */
final class ComparisonRows {
    /** What longer names of layers are shortened to, before networks are left out. */
    private static final int LONGEST_LAYER = 28;

    private static final int LONGEST_NETWORK = 18;
    private static final int GAP = 2;

    private final Comparison comparison;
    private final @Nullable Times times;

    /** Of each network, the multiplies of its steps and views, by their names. */
    private final List<Map<String, Long>> multiplies;

    private ComparisonRows(Comparison comparison, @Nullable Times times) {
        this.comparison = comparison;
        this.times = times;
        this.multiplies = comparison.networks().stream()
                .map(network -> multiplies(network.analysis()))
                .toList();
    }

    /** @param times what is known of the layers' times; null where nothing is */
    static void append(Comparison comparison, @Nullable Times times, StringBuilder text) {
        new ComparisonRows(comparison, times).append(text);
    }

    private static Map<String, Long> multiplies(Analysis analysis) {
        Map<String, Long> multiplies = new HashMap<>();
        for (LayerAnalysis layer : analysis.layers()) {
            String owner = layer.role() == Role.FUSED
                    ? layer.owner().name()
                    : layer.node().name();
            multiplies.merge(owner, layer.operations().multiplies(), Long::sum);
        }
        return multiplies;
    }

    private void append(StringBuilder text) {
        List<List<Column>> groups = new ArrayList<>();
        int width = comparison.rows().stream()
                .mapToInt(row -> Math.min(LONGEST_LAYER, row.name().length()))
                .max()
                .orElse(0);
        for (int i = 0; i < comparison.networks().size(); i++) {
            List<Column> group = columns(i);
            width += width(group, i);
            if (width > ComparisonText.WIDTH && i > 1) {
                break;
            }
            groups.add(group);
        }
        List<Column> columns = new ArrayList<>(List.of(new Column("layer", Align.FLEXIBLE)));
        groups.forEach(columns::addAll);
        TextTable table = new TextTable(ComparisonText.WIDTH, columns);
        for (Row row : comparison.rows()) {
            if (multiplies.subList(0, groups.size()).stream().anyMatch(known -> known.containsKey(row.name()))) {
                table.add(cells(row.name(), groups.size()));
            }
        }
        table.add(sums(groups.size()));
        table.appendTo(text);
        if (times != null) {
            text.append("ms: each layer by itself, on ").append(times.engine()).append('\n');
        }
        int left = comparison.networks().size() - groups.size();
        if (left > 0) {
            text.append(left == 1 ? "1 network does" : left + " networks do")
                    .append(" not fit beside these; ?format=csv and ?format=json have all\n");
        }
    }

    private List<Column> columns(int network) {
        List<Column> columns = new ArrayList<>();
        columns.add(
                new Column(TextTable.shorten(comparison.networks().get(network).name(), LONGEST_NETWORK), Align.RIGHT));
        if (network > 0) {
            columns.add(new Column("ratio", Align.RIGHT));
        }
        if (timesOf(network)) {
            columns.add(new Column("ms", Align.RIGHT));
        }
        return columns;
    }

    private boolean timesOf(int network) {
        Times.NetworkTimes known = times == null ? null : times.networks().get(network);
        return known != null && !known.stepNanos().isEmpty();
    }

    private int width(List<Column> group, int network) {
        List<String> widest = sums(network, network + 1);
        int width = 0;
        for (int i = 0; i < group.size(); i++) {
            width += GAP + Math.max(group.get(i).title().length(), widest.get(i).length());
        }
        return width;
    }

    private List<String> cells(String layer, int networks) {
        List<String> cells = new ArrayList<>(List.of(layer));
        for (int i = 0; i < networks; i++) {
            Long own = multiplies.get(i).get(layer);
            cells.add(own == null ? "" : AnalysisText.number(own));
            if (i > 0) {
                Long first = multiplies.getFirst().get(layer);
                cells.add(ComparisonText.ratio(first == null || own == null ? null : Ratio.of(first, own)));
            }
            if (timesOf(i) && times != null) {
                Double nanos = times.nanos(layer, i);
                cells.add(nanos == null ? "" : MeasuredText.millis(nanos));
            }
        }
        return cells;
    }

    private List<String> sums(int networks) {
        List<String> cells = new ArrayList<>(List.of("total"));
        cells.addAll(sums(0, networks));
        return cells;
    }

    private List<String> sums(int from, int to) {
        List<String> cells = new ArrayList<>();
        for (int i = from; i < to; i++) {
            cells.add(AnalysisText.number(total(i)));
            if (i > 0) {
                cells.add(ComparisonText.ratio(Ratio.of(total(0), total(i))));
            }
            if (timesOf(i) && times != null) {
                cells.add(MeasuredText.millis(times.networks().get(i).stepNanos().values().stream()
                        .mapToDouble(nanos -> nanos)
                        .sum()));
            }
        }
        return cells;
    }

    private long total(int network) {
        return comparison
                .networks()
                .get(network)
                .analysis()
                .totals()
                .operations()
                .multiplies();
    }
}
