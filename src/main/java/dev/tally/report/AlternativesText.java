package dev.tally.report;

import dev.tally.analysis.Analysis;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.planning.alternative.Alternative;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.BreakEven;
import dev.tally.planning.alternative.Figures;
import dev.tally.planning.alternative.Fronts;
import dev.tally.planning.alternative.Fronts.Mark;
import dev.tally.planning.alternative.LayerAlternatives;
import dev.tally.planning.alternative.LayerAlternatives.Refusal;
import dev.tally.planning.alternative.Part;
import dev.tally.report.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alternatives as tables for a terminal of 100 columns, one a layer: a row is a design, the last the layer as it is.
 * Ratios are the layer's figure over the design's. Below it stands up to which width bottlenecks pay, and what cannot
 * apply.
 */
public final class AlternativesText {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";
    private static final List<TextTable.Column> COLUMNS = List.of(
            new TextTable.Column("", Align.LEFT),
            new TextTable.Column("design", Align.LEFT),
            new TextTable.Column("multiplies", Align.RIGHT),
            new TextTable.Column("ratio", Align.RIGHT),
            new TextTable.Column("parameters", Align.RIGHT),
            new TextTable.Column("peak bytes", Align.RIGHT),
            new TextTable.Column("narrowest", Align.RIGHT),
            new TextTable.Column("field", Align.RIGHT));
    private static final List<TextTable.Column> TIMES =
            List.of(new TextTable.Column("ms", Align.RIGHT), new TextTable.Column("ratio", Align.RIGHT));

    private AlternativesText() {}

    /**
     * {@return the tables}
     *
     * @param nanos what is known of a design's time
     */
    public static String of(AlternativesPlan plan, Function<Part, OptionalDouble> nanos) {
        StringBuilder text = new StringBuilder();
        Network network = plan.network();
        Figures totals = plan.totals();
        text.append(network.name().isEmpty() ? "network" : TextTable.shorten(network.name(), 40))
                .append(", batch ")
                .append(network.batch())
                .append(": ")
                .append(AnalysisText.number(totals.multiplies()))
                .append(" multiplies, ")
                .append(AnalysisText.number(totals.parameters()))
                .append(" parameters\n");
        for (LayerAlternatives layer : plan.layers()) {
            append(layer, nanos, text);
        }
        text.append("\nEach design is another function than the layer, and needs training.\n");
        text.append("counting rules ").append(Analysis.COUNTING_RULES);
        text.append(", network ").append(network.hash(), 0, 12).append('\n');
        return text.toString();
    }

    private static void append(LayerAlternatives layer, Function<Part, OptionalDouble> nanos, StringBuilder text) {
        Node node = layer.layer();
        text.append('\n')
                .append(TextTable.shorten(node.name(), 40))
                .append(INDENT)
                .append(node.type())
                .append(' ')
                .append(node.input())
                .append(" → ")
                .append(node.shape());
        layer.followers().forEach(follower -> text.append(", ").append(follower.type()));
        text.append("\n\n");
        appendTable(layer, nanos, text);
        appendBreakEvens(layer.breakEvens(), text);
        appendRefusals(layer.refusals(), text);
    }

    private static void appendTable(LayerAlternatives layer, Function<Part, OptionalDouble> nanos, StringBuilder text) {
        List<Mark> marks = Fronts.of(layer, nanos);
        boolean timed = nanos.apply(layer.original()).isPresent()
                || layer.alternatives().stream()
                        .anyMatch(alternative -> nanos.apply(alternative.part()).isPresent());
        List<TextTable.Column> columns = new ArrayList<>(COLUMNS);
        columns.addAll(timed ? TIMES : List.of());
        TextTable table = new TextTable(WIDTH, columns);
        for (int i = 0; i < layer.alternatives().size(); i++) {
            Alternative alternative = layer.alternatives().get(i);
            String number = alternative.number() == 0 ? "" : " " + alternative.number();
            table.add(row(
                    marks.get(i + 1),
                    alternative.kind().id() + number,
                    alternative.part(),
                    layer.original(),
                    timed ? nanos : null));
        }
        table.add(row(marks.getFirst(), "as it is", layer.original(), layer.original(), timed ? nanos : null));
        table.appendTo(text);
        text.append("ratio: as it is, over the design\n")
                .append("*      on the front: no design as cheap ")
                .append(timed ? "and as fast, better" : "in all and cheaper")
                .append(" in one, is as wide at its narrowest\n")
                .append("**     nor is any that is narrower\n");
    }

    private static List<String> row(
            Mark mark, String design, Part part, Part original, @Nullable Function<Part, OptionalDouble> nanos) {
        Figures figures = part.figures();
        List<String> row = new ArrayList<>(List.of(
                mark.onCostFront() ? "**" : mark.onFront() ? "*" : "",
                design,
                AnalysisText.number(figures.multiplies()),
                ratio(Figures.ratio(original.figures().multiplies(), figures.multiplies())),
                AnalysisText.number(figures.parameters()),
                AnalysisText.number(figures.peakActivationBytes()),
                AnalysisText.number(part.narrowest()),
                part.receptiveField().stream().map(String::valueOf).collect(Collectors.joining("×"))));
        if (nanos != null) {
            OptionalDouble own = nanos.apply(part);
            OptionalDouble whole = nanos.apply(original);
            row.add(own.isPresent() ? MeasuredText.millis(own.getAsDouble()) : "");
            row.add(
                    own.isPresent() && whole.isPresent() && own.getAsDouble() > 0
                            ? ratio(whole.getAsDouble() / own.getAsDouble())
                            : "");
        }
        return row;
    }

    private static String ratio(@Nullable Double ratio) {
        return ratio == null ? "" : String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio);
    }

    private static void appendBreakEvens(List<BreakEven> breakEvens, StringBuilder text) {
        for (BreakEven breakEven : breakEvens) {
            text.append('\n')
                    .append(breakEven.kind().id())
                    .append(": ")
                    .append(
                            breakEven.width() == 0
                                    ? "no width has fewer " + breakEven.figure().id()
                                    : "fewer " + breakEven.figure().id() + " up to a width of "
                                            + AnalysisText.number(breakEven.width()))
                    .append('\n');
            appendWrapped(INDENT, breakEven.formula(), text);
            String at = breakEven.width() == 0
                    ? ""
                    : "at " + AnalysisText.number(breakEven.width()) + " " + AnalysisText.number(breakEven.atWidth())
                            + ", ";
            appendWrapped(
                    INDENT,
                    "counted " + at + "at " + AnalysisText.number(breakEven.width() + 1L) + " "
                            + AnalysisText.number(breakEven.atNextWidth()) + ", as it is "
                            + AnalysisText.number(breakEven.original()),
                    text);
        }
    }

    private static void appendRefusals(List<Refusal> refusals, StringBuilder text) {
        text.append(refusals.isEmpty() ? "" : "\ndoes not apply\n");
        int widest = refusals.stream()
                .mapToInt(refusal -> refusal.kind().id().length())
                .max()
                .orElse(0);
        for (Refusal refusal : refusals) {
            String kind = refusal.kind().id();
            appendWrapped(INDENT + kind + " ".repeat(widest - kind.length()) + INDENT, refusal.reason(), text);
        }
    }

    /** Appends lines of words, the first behind something and the others as far to the right. */
    private static void appendWrapped(String first, String words, StringBuilder text) {
        int room = WIDTH - first.length();
        StringBuilder line = new StringBuilder(first);
        for (String word : words.split(" ", -1)) {
            boolean begun = line.length() > first.length();
            if (begun && line.length() + 1 + word.length() > first.length() + room) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(" ".repeat(first.length())).append(word);
            } else {
                line.append(begun ? " " : "").append(word);
            }
        }
        text.append(line).append('\n');
    }
}
