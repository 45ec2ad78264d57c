package dev.tally.report;

import dev.tally.analysis.Analysis;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.planning.Ratio;
import dev.tally.planning.alternative.Alternative;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.BreakEven;
import dev.tally.planning.alternative.Figures;
import dev.tally.planning.alternative.Fronts;
import dev.tally.planning.alternative.Fronts.Mark;
import dev.tally.planning.alternative.LayerAlternatives;
import dev.tally.planning.alternative.LayerAlternatives.Refusal;
import dev.tally.planning.alternative.Part;
import dev.tally.planning.alternative.TimedDesigns;
import dev.tally.planning.comparison.Times;
import dev.tally.report.TextTable.Align;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alternatives as tables for a terminal of 100 columns, one a layer: a row is a design, the last the layer as it is.
 * Ratios are the layer's figure over the design's; times are those of the first engine. Below it stands how much of the
 * bottlenecks' ratios is left in time, up to which width they pay, and what cannot be measured or cannot apply.
 */
public final class AlternativesText {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";

    /** The layer as it is, among its designs. */
    static final String ORIGINAL = "as it is";

    private static final List<TextTable.Column> COLUMNS = List.of(
            new TextTable.Column("", Align.LEFT),
            new TextTable.Column("design", Align.FLEXIBLE),
            new TextTable.Column("multiplies", Align.RIGHT),
            new TextTable.Column("ratio", Align.RIGHT),
            new TextTable.Column("parameters", Align.RIGHT),
            new TextTable.Column("peak bytes", Align.RIGHT),
            new TextTable.Column("narrowest", Align.RIGHT),
            new TextTable.Column("field", Align.RIGHT));
    private static final List<TextTable.Column> TIMES =
            List.of(new TextTable.Column("ms", Align.RIGHT), new TextTable.Column("ratio", Align.RIGHT));

    private AlternativesText() {}

    /** {@return the tables, of each layer's designs} */
    public static String of(AlternativesPlan plan, List<TimedDesigns> layers) {
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
        for (TimedDesigns designs : layers) {
            append(designs, text);
        }
        text.append("\nEach design is another function than the layer, and needs training.\n");
        text.append("counting rules ").append(Analysis.COUNTING_RULES);
        text.append(", network ").append(network.hash(), 0, 12).append('\n');
        return text.toString();
    }

    private static void append(TimedDesigns designs, StringBuilder text) {
        LayerAlternatives layer = designs.layer();
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
        appendTable(designs, text);
        DesignTimesText times = new DesignTimesText(designs);
        for (List<String> words : times.sharesLeft()) {
            text.append('\n');
            appendWrapped("", words, text);
        }
        appendBreakEvens(layer.breakEvens(), text);
        Map<String, String> notMeasured = times.notMeasured();
        appendReasons("not measured", notMeasured.keySet(), notMeasured.values(), text);
        appendReasons(
                "does not apply",
                layer.refusals().stream().map(refusal -> refusal.kind().id()).toList(),
                layer.refusals().stream().map(Refusal::reason).toList(),
                text);
    }

    private static void appendTable(TimedDesigns designs, StringBuilder text) {
        List<Mark> marks = Fronts.of(designs);
        Times times = designs.times().isEmpty() ? null : designs.times().getFirst();
        List<TextTable.Column> columns = new ArrayList<>(COLUMNS);
        columns.addAll(times == null ? List.of() : TIMES);
        TextTable table = new TextTable(WIDTH, columns);
        List<Alternative> alternatives = designs.layer().alternatives();
        for (int i = 1; i <= alternatives.size(); i++) {
            table.add(row(marks.get(i), name(alternatives.get(i - 1)), designs, i, times));
        }
        table.add(row(marks.getFirst(), ORIGINAL, designs, 0, times));
        table.appendTo(text);
        text.append("ratio: as it is, over the design\n")
                .append("*      on the front: no design as cheap ")
                .append(designs.timesOfAll() == null ? "in all and cheaper" : "and as fast, better")
                .append(" in one, is as wide at its narrowest\n")
                .append("**     nor is any that is narrower\n");
        if (times != null) {
            DesignTimesText about = new DesignTimesText(designs);
            appendWrapped("ms     ", about.conditions(times), text);
            if (about.disturbance() > MeasuredText.DISTURBED) {
                text.append(String.format(
                        Locale.ROOT,
                        "       the host was up to %.2f times as slow as at its best: measure again\n",
                        about.disturbance()));
            }
        }
    }

    /** {@return what a design is called: its kind, with its width or groups} */
    static String name(Alternative alternative) {
        return alternative.kind().id() + (alternative.number() == 0 ? "" : " " + alternative.number());
    }

    private static List<String> row(Mark mark, String name, TimedDesigns designs, int design, @Nullable Times times) {
        Part original = designs.layer().original();
        Part part = designs.layer().designs().get(design).part();
        Figures figures = part.figures();
        List<String> row = new ArrayList<>(List.of(
                mark.onCostFront() ? "**" : mark.onFront() ? "*" : "",
                name,
                AnalysisText.number(figures.multiplies()),
                ratio(Ratio.of(original.figures().multiplies(), figures.multiplies())),
                AnalysisText.number(figures.parameters()),
                AnalysisText.number(figures.peakActivationBytes()),
                AnalysisText.number(part.narrowest()),
                part.receptiveField().stream().map(String::valueOf).collect(Collectors.joining("×"))));
        if (times != null) {
            Double nanos = designs.nanos(times, design);
            row.add(nanos == null ? "" : MeasuredText.millis(nanos));
            row.add(ratio(design == 0 && nanos != null ? (Double) 1.0 : designs.timeRatio(times, design)));
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

    private static void appendReasons(
            String heading, Collection<String> names, Collection<String> reasons, StringBuilder text) {
        text.append(names.isEmpty() ? "" : "\n" + heading + "\n");
        int widest = names.stream().mapToInt(String::length).max().orElse(0);
        Iterator<String> reason = reasons.iterator();
        for (String name : names) {
            appendWrapped(INDENT + name + " ".repeat(widest - name.length()) + INDENT, reason.next(), text);
        }
    }

    /** Appends lines of words, the first behind something and the others as far to the right. */
    private static void appendWrapped(String first, String words, StringBuilder text) {
        appendWrapped(first, List.of(words.split(" ", -1)), text);
    }

    private static void appendWrapped(String first, List<String> words, StringBuilder text) {
        int room = WIDTH - first.length();
        StringBuilder line = new StringBuilder(first);
        for (String word : words) {
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
