package dev.tally.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.analysis.Operations;
import dev.tally.analysis.Totals;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.csv.CsvMapper;

/**
 * An analysis as comma-separated values (RFC 4180): a heading, then a line a layer, or one line of totals. A shape is
 * written {@code 28x28x192}, several of one cell with a semicolon between.
 */
public final class AnalysisCsv {
    private static final CsvMapper MAPPER = new CsvMapper();
    private static final ObjectWriter LAYERS = writer(LayerLine.class);
    private static final ObjectWriter TOTALS = writer(TotalsLine.class);

    private AnalysisCsv() {}

    /**
     * {@return the lines}
     *
     * @param layers whether the layers are wanted, or the totals alone
     */
    public static byte[] of(Analysis analysis, boolean layers) {
        if (!layers) {
            return TOTALS.writeValueAsBytes(totals(analysis));
        }
        return LAYERS.writeValueAsBytes(
                analysis.layers().stream().map(AnalysisCsv::line).toList());
    }

    private static <T> ObjectWriter writer(Class<T> line) {
        return MAPPER.writer(MAPPER.schemaFor(line).withHeader().withLineSeparator("\r\n"));
    }

    @JsonPropertyOrder({
        "name",
        "type",
        "from",
        "input",
        "output",
        "multiplies",
        "multipliesInBounds",
        "additions",
        "macs",
        "flops",
        "comparisons",
        "divisions",
        "exponentials",
        "powers",
        "parameters",
        "weightBytes",
        "activationBytes",
        "bytesMoved"
    })
    private record LayerLine(
            String name,
            String type,
            String from,
            String input,
            String output,
            long multiplies,
            long multipliesInBounds,
            long additions,
            long macs,
            long flops,
            long comparisons,
            long divisions,
            long exponentials,
            long powers,
            long parameters,
            long weightBytes,
            long activationBytes,
            long bytesMoved) {}

    @JsonPropertyOrder({
        "name",
        "input",
        "output",
        "multiplies",
        "multipliesInBounds",
        "additions",
        "macs",
        "flops",
        "comparisons",
        "divisions",
        "exponentials",
        "powers",
        "parameters",
        "weightBytes",
        "activationBytes",
        "peakActivationBytes",
        "bytesMoved",
        "countingRules",
        "networkHash"
    })
    private record TotalsLine(
            String name,
            String input,
            String output,
            long multiplies,
            long multipliesInBounds,
            long additions,
            long macs,
            long flops,
            long comparisons,
            long divisions,
            long exponentials,
            long powers,
            long parameters,
            long weightBytes,
            long activationBytes,
            long peakActivationBytes,
            long bytesMoved,
            String countingRules,
            String networkHash) {}

    private static LayerLine line(LayerAnalysis layer) {
        Node node = layer.node();
        Operations operations = layer.operations();
        return new LayerLine(
                node.name(),
                node.type(),
                node.from().stream().map(Source::name).collect(Collectors.joining(";")),
                node.inputs().stream().map(AnalysisCsv::shape).collect(Collectors.joining(";")),
                shape(node.shape()),
                operations.multiplies(),
                operations.multipliesInBounds(),
                operations.additions(),
                operations.macs(),
                layer.flops(),
                operations.other().comparisons(),
                operations.other().divisions(),
                operations.other().exponentials(),
                operations.other().powers(),
                layer.parameters(),
                layer.weightBytes(),
                layer.activationBytes(),
                layer.bytesMoved());
    }

    private static TotalsLine totals(Analysis analysis) {
        Totals totals = analysis.totals();
        Operations operations = totals.operations();
        return new TotalsLine(
                analysis.network().name(),
                shapes(analysis.network().inputs()),
                shapes(analysis.network().outputs()),
                operations.multiplies(),
                operations.multipliesInBounds(),
                operations.additions(),
                operations.macs(),
                totals.flops(),
                operations.other().comparisons(),
                operations.other().divisions(),
                operations.other().exponentials(),
                operations.other().powers(),
                totals.parameters(),
                totals.weightBytes(),
                totals.activationBytes(),
                totals.peakActivationBytes(),
                totals.bytesMoved(),
                Analysis.COUNTING_RULES,
                analysis.network().hash());
    }

    private static String shapes(List<? extends Source> sources) {
        return sources.stream().map(Source::shape).map(AnalysisCsv::shape).collect(Collectors.joining(";"));
    }

    private static String shape(Shape shape) {
        return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
