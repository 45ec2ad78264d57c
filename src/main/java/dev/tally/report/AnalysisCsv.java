package dev.tally.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.analysis.Operations;
import dev.tally.analysis.Totals;
import dev.tally.latency.LatencyEstimate;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import dev.tally.planning.MeasuredAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectWriter;

/**
 * An analysis as comma-separated values (RFC 4180): a heading, then a line a layer, or one line of totals. A shape is
 * written {@code 28x28x192}, several of one cell with a semicolon between.
 */
public final class AnalysisCsv {
    private static final ObjectWriter LAYERS = Csv.writer(LayerLine.class);
    private static final ObjectWriter TOTALS = Csv.writer(TotalsLine.class);

    private AnalysisCsv() {}

    /**
     * {@return the lines}
     *
     * @param layers whether the layers are wanted, or the totals alone
     */
    public static byte[] of(Analysis analysis, boolean layers) {
        return of(analysis, layers, null, null);
    }

    /**
     * {@return the lines, with columns for each engine's times, and for those of the latency table}
     *
     * @param layers whether the layers are wanted, or the totals alone
     * @param measured what was measured, or null where nothing was
     * @param estimate what is known from before, or null where that is not asked for
     */
    public static byte[] of(
            Analysis analysis,
            boolean layers,
            @Nullable MeasuredAnalysis measured,
            @Nullable LatencyEstimate estimate) {
        List<MoreColumns> more = new ArrayList<>();
        if (measured != null) {
            more.add(new MeasuredCsv(measured));
        }
        if (estimate != null) {
            more.add(new EstimateCsv(estimate));
        }
        if (!more.isEmpty()) {
            return with(more, analysis, layers);
        }
        if (!layers) {
            return TOTALS.writeValueAsBytes(TotalsLine.of(analysis));
        }
        return LAYERS.writeValueAsBytes(
                analysis.layers().stream().map(LayerLine::of).toList());
    }

    private static byte[] with(List<MoreColumns> more, Analysis analysis, boolean layers) {
        return Csv.write(names(more, layers), lines(more, analysis, layers));
    }

    /** {@return the columns' names} */
    static List<String> names(List<MoreColumns> more, boolean layers) {
        List<String> names = new ArrayList<>();
        Csv.MAPPER
                .schemaFor(layers ? LayerLine.class : TotalsLine.class)
                .forEach(column -> names.add(column.getName()));
        more.forEach(columns -> names.addAll(columns.names(layers)));
        return names;
    }

    /** {@return the lines, each cell by its column's name: a line a layer, or the one of totals} */
    static List<Map<String, Object>> lines(List<MoreColumns> more, Analysis analysis, boolean layers) {
        return layers
                ? analysis.layers().stream()
                        .map(layer -> with(LayerLine.of(layer), more, columns -> columns.of(layer.node())))
                        .toList()
                : List.of(with(TotalsLine.of(analysis), more, MoreColumns::ofNetwork));
    }

    private static Map<String, Object> with(
            Object line, List<MoreColumns> more, Function<MoreColumns, Map<String, Object>> cellsOf) {
        Map<String, Object> cells =
                Csv.MAPPER.convertValue(line, new TypeReference<LinkedHashMap<String, Object>>() {});
        more.forEach(columns -> cells.putAll(cellsOf.apply(columns)));
        return cells;
    }

    /** What a line of either kind has. */
    private record Figures(
            long multiplies,
            long multipliesInBounds,
            long additions,
            long macs,
            long flops,
            long comparisons,
            long divisions,
            long exponentials,
            long logarithms,
            long powers,
            long errorFunctions,
            long parameters,
            long weightBytes,
            long activationBytes) {
        static Figures of(Operations operations, long parameters, long weightBytes, long activationBytes) {
            return new Figures(
                    operations.multiplies(),
                    operations.multipliesInBounds(),
                    operations.additions(),
                    operations.macs(),
                    operations.flops(),
                    operations.other().comparisons(),
                    operations.other().divisions(),
                    operations.other().exponentials(),
                    operations.other().logarithms(),
                    operations.other().powers(),
                    operations.other().errorFunctions(),
                    parameters,
                    weightBytes,
                    activationBytes);
        }
    }

    private record LayerLine(
            String name,
            String type,
            String from,
            String input,
            String output,
            @JsonUnwrapped Figures figures,
            long bytesMoved) {
        static LayerLine of(LayerAnalysis layer) {
            Node node = layer.node();
            return new LayerLine(
                    node.name(),
                    node.type(),
                    node.from().stream().map(Source::name).collect(Collectors.joining(";")),
                    node.inputs().stream().map(AnalysisCsv::shape).collect(Collectors.joining(";")),
                    shape(node.shape()),
                    Figures.of(layer.operations(), layer.parameters(), layer.weightBytes(), layer.activationBytes()),
                    layer.bytesMoved());
        }
    }

    private record TotalsLine(
            String name,
            String input,
            String output,
            @JsonUnwrapped Figures figures,
            long peakActivationBytes,
            long bytesMoved,
            String countingRules,
            String networkHash) {
        static TotalsLine of(Analysis analysis) {
            Totals totals = analysis.totals();
            return new TotalsLine(
                    analysis.network().name(),
                    shapes(analysis.network().inputs()),
                    shapes(analysis.network().outputs()),
                    Figures.of(
                            totals.operations(), totals.parameters(), totals.weightBytes(), totals.activationBytes()),
                    totals.peakActivationBytes(),
                    totals.bytesMoved(),
                    Analysis.COUNTING_RULES,
                    analysis.network().hash());
        }
    }

    private static String shapes(List<? extends Source> sources) {
        return sources.stream().map(Source::shape).map(AnalysisCsv::shape).collect(Collectors.joining(";"));
    }

    private static String shape(Shape shape) {
        return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
