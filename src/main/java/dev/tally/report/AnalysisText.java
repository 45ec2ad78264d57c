package dev.tally.report;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.analysis.OtherOperations;
import dev.tally.analysis.Totals;
import dev.tally.latency.LatencyEstimate;
import dev.tally.network.Layout;
import dev.tally.network.Liveness.Role;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Verdict;
import dev.tally.report.TextTable.Align;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An analysis as a table for a terminal of 100 columns. A row is a step: what is fused into a layer stands in its row.
 * The costliest layer, by multiplies, is marked; the totals come last.
 */
public final class AnalysisText {
    private static final int WIDTH = 100;
    private static final List<TextTable.Column> COLUMNS = List.of(
            new TextTable.Column("", Align.LEFT),
            new TextTable.Column("layer", Align.FLEXIBLE),
            new TextTable.Column("type", Align.FLEXIBLE),
            new TextTable.Column("output", Align.FLEXIBLE),
            new TextTable.Column("multiplies", Align.RIGHT),
            new TextTable.Column("share", Align.RIGHT));
    private static final TextTable.Column PARAMETERS = new TextTable.Column("parameters", Align.RIGHT);

    /** Where three types stand in one cell, the room is the names'. */
    private static final Map<String, String> SHORT_TYPES = Map.of("batch_norm", "bn");

    private AnalysisText() {}

    /**
     * {@return the table}
     *
     * @param layers whether the layers are wanted, or the totals alone
     */
    public static String of(Analysis analysis, boolean layers) {
        return of(analysis, layers, null, null, null);
    }

    /**
     * {@return the table, and below it what was measured, what is known from before, and which limits of a budget are
     * kept}
     *
     * @param layers whether the layers are wanted, or the totals alone
     * @param budget whether the budget is kept, or null where there is none
     * @param measured what was measured, or null where nothing was
     * @param estimate what is known from before, or null where that is not asked for
     */
    public static String of(
            Analysis analysis,
            boolean layers,
            @Nullable Verdict budget,
            @Nullable MeasuredAnalysis measured,
            @Nullable LatencyEstimate estimate) {
        StringBuilder text = new StringBuilder();
        Network network = analysis.network();
        text.append(network.name().isEmpty() ? "network" : TextTable.shorten(network.name(), 40));
        text.append(": ").append(shapes(network.inputs())).append(" → ").append(shapes(network.outputs()));
        text.append(", batch ")
                .append(network.batch())
                .append(", ")
                .append(network.dataType().id());
        text.append(network.layout() == Layout.CHANNELS_FIRST ? ", channels first" : "")
                .append("\n\n");
        if (layers) {
            appendLayers(
                    analysis,
                    measured == null ? List.of() : MeasuredColumns.of(measured),
                    estimate == null ? List.of() : List.of(new EstimateColumn(estimate)),
                    text);
            text.append('\n');
        }
        appendTotals(analysis, text);
        if (measured != null) {
            MeasuredText.append(measured, text);
        }
        if (estimate != null) {
            text.append('\n');
            EstimateText.append(estimate, text);
        }
        if (budget != null) {
            text.append('\n');
            BudgetText.append(budget, text);
        }
        text.append("\ncounting rules ").append(Analysis.COUNTING_RULES);
        text.append(", network ").append(network.hash(), 0, 12).append('\n');
        return text.toString();
    }

    private static void appendLayers(
            Analysis analysis, List<MeasuredColumns> measured, List<EstimateColumn> estimated, StringBuilder text) {
        List<TextTable.Column> columns = new ArrayList<>(COLUMNS);
        // Times beside multiplies are what is looked for; parameters would make the table too wide.
        if (measured.isEmpty()) {
            columns.add(PARAMETERS);
        }
        measured.forEach(engine -> columns.addAll(engine.headings()));
        estimated.forEach(estimate -> columns.add(estimate.heading()));
        TextTable table = new TextTable(WIDTH, columns);
        List<Step> steps = steps(analysis);
        long total = analysis.totals().operations().multiplies();
        long most = steps.stream().mapToLong(Step::multiplies).max().orElse(0);
        for (Step step : steps) {
            List<String> row = new ArrayList<>(List.of(
                    step.multiplies() == most && most > 0 ? "*" : "",
                    step.name(),
                    step.type(),
                    step.output(),
                    unlessZero(step.multiplies()),
                    share(step.multiplies(), total)));
            if (measured.isEmpty()) {
                row.add(unlessZero(step.parameters()));
            }
            measured.forEach(engine -> row.addAll(engine.cells(step.name())));
            estimated.forEach(estimate -> row.add(estimate.cell(step.name())));
            table.add(row);
        }
        List<String> sums = new ArrayList<>(List.of("", "total", "", "", number(total), ""));
        if (measured.isEmpty()) {
            sums.add(number(analysis.totals().parameters()));
        }
        measured.forEach(engine -> sums.addAll(engine.sums()));
        estimated.forEach(estimate -> sums.add(estimate.sum()));
        table.add(sums);
        table.appendTo(text);
        long costliest =
                steps.stream().filter(step -> step.multiplies() == most).count();
        text.append(most == 0 ? "" : costliest == 1 ? "* the costliest layer\n" : "* the costliest layers\n");
    }

    private static void appendTotals(Analysis analysis, StringBuilder text) {
        Totals totals = analysis.totals();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("multiplies", number(totals.operations().multiplies()));
        lines.put("  in bounds", number(totals.operations().multipliesInBounds()));
        lines.put("additions", number(totals.operations().additions()));
        lines.put("MACs", number(totals.operations().macs()));
        lines.put("FLOPs (multiplies + additions)", number(totals.flops()));
        OtherOperations other = totals.operations().other();
        lines.put("comparisons", number(other.comparisons()));
        lines.put("divisions", number(other.divisions()));
        lines.put("exponentials", number(other.exponentials()));
        lines.put("logarithms", number(other.logarithms()));
        lines.put("powers", number(other.powers()));
        lines.put("error functions", number(other.errorFunctions()));
        lines.values().removeIf("0"::equals);
        lines.put("parameters", number(totals.parameters()));
        lines.put("weights", bytes(totals.weightBytes()));
        lines.put("activations", bytes(totals.activationBytes()));
        lines.put(
                "  at most alive at once",
                bytes(totals.peakActivationBytes()) + ", at "
                        + TextTable.shorten(totals.peakStep().name(), 26));
        lines.put("moved", bytes(totals.bytesMoved()));
        lines.put("FLOPs per byte moved", String.format(Locale.ROOT, "%.2f", totals.intensity()));
        appendLines(lines, text);
    }

    /** Appends labels, and what they label below each other. */
    static void appendLines(Map<String, String> lines, StringBuilder text) {
        int widest = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        lines.forEach((label, value) -> text.append(label)
                .append(" ".repeat(widest - label.length() + 2))
                .append(value)
                .append('\n'));
    }

    /** A row of the table. */
    private record Step(String name, String type, String output, long multiplies, long parameters) {
        Step with(LayerAnalysis fused) {
            return new Step(
                    name,
                    type + "+"
                            + SHORT_TYPES.getOrDefault(
                                    fused.node().type(), fused.node().type()),
                    output,
                    multiplies + fused.operations().multiplies(),
                    parameters + fused.parameters());
        }
    }

    private static List<Step> steps(Analysis analysis) {
        List<Step> steps = new ArrayList<>();
        Map<Source, Integer> rows = new LinkedHashMap<>();
        for (LayerAnalysis layer : analysis.layers()) {
            Integer row = layer.role() == Role.FUSED ? rows.get(layer.owner()) : null;
            if (row != null) {
                steps.set(row, steps.get(row).with(layer));
                continue;
            }
            rows.put(layer.node(), steps.size());
            steps.add(new Step(
                    layer.node().name(),
                    layer.node().type(),
                    layer.node().shape().toString(),
                    layer.operations().multiplies(),
                    layer.parameters()));
        }
        return steps;
    }

    private static String shapes(List<? extends Source> sources) {
        return sources.size() == 1
                ? sources.getFirst().shape().toString()
                : sources.stream()
                        .map(source -> source.name() + " " + source.shape())
                        .collect(Collectors.joining(", "));
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String unlessZero(long number) {
        return number == 0 ? "" : number(number);
    }

    private static String share(long part, long total) {
        return part == 0 ? "" : percent(100.0 * part / total);
    }

    static String percent(double percent) {
        return percent < 0.05 ? "<0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    private static String bytes(long bytes) {
        String exact = number(bytes) + " bytes";
        if (bytes < 10_000) {
            return exact;
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < 3) {
            size /= 1024;
            unit++;
        }
        return exact
                + String.format(
                        Locale.ROOT,
                        " (%.1f %s)",
                        size,
                        List.of("KiB", "MiB", "GiB", "TiB").get(unit));
    }
}
