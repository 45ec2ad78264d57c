package tallybench;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tallybench.ConvolutionContender.Timed;

/** Writes what was measured as text: a line a layer as soon as it is there, then what a set's layers come to. */
final class ConvolutionTable {
    /** Below which ONNX Runtime is said to be faster. */
    private static final double SLOWER = 0.9;

    private static final int FEWEST_LETTERS = 8;

    private final PrintStream out;
    private final boolean algorithms;
    private String layerFormat = "%s %s %s";

    /**
     * A table.
     *
     * @param algorithms whether to write the time of every algorithm too
     */
    ConvolutionTable(PrintStream out, boolean algorithms) {
        this.out = out;
        this.algorithms = algorithms;
    }

    void begin(ConvolutionSet set, int threads) {
        out.printf(
                Locale.ROOT,
                "%n%s, %s: %d layers, %d of them distinct%n",
                set.name(),
                threads(threads),
                set.occurrences(),
                set.layers().size());
        layerFormat = "%-" + longest(set, ConvolutionLayer::name) + "s  %-" + longest(set, ConvolutionLayer::geometry)
                + "s %2s";
        out.printf(
                Locale.ROOT,
                "%s | %9s %5s | %9s %5s | %9s %5s | %6s %4s | %6s %4s%s | %-23s | %s%n",
                layer("layer", "", "n"),
                "best ms",
                "GF/s",
                "direct ms",
                "GF/s",
                "ORT ms",
                "GF/s",
                "best×",
                "±%",
                "direct×",
                "±%",
                algorithms ? " |  lost" : "",
                "error: best, direct, ORT",
                "kernel of best");
    }

    void row(ConvolutionResult result) {
        ConvolutionLayer layer = result.layer();
        Optional<Timed> best = Optional.of(result.best());
        Optional<Timed> direct = result.of(ConvolutionContender.DIRECT);
        Optional<Timed> other = Optional.of(result.other());
        out.printf(
                Locale.ROOT,
                "%s | %s | %s | %s | %s | %s%s | %s %s %s | %s%n",
                layer(layer.name(), layer.geometry(), layer.occurrences()),
                time(best, layer),
                time(direct, layer),
                time(other, layer),
                ratio(best, result),
                ratio(direct, result),
                algorithms ? String.format(Locale.ROOT, " | %5.2f", result.lost()) : "",
                error(best),
                error(direct),
                error(other),
                result.best().kernel());
        if (algorithms) {
            for (Timed algorithm : result.algorithms()) {
                out.printf(
                        Locale.ROOT,
                        "%s | %s | %s%n",
                        layer("", algorithm.name(), ""),
                        time(Optional.of(algorithm), layer),
                        algorithm.kernel());
            }
        }
    }

    /** What the layers of a set come to; those that are only shown do not count. */
    void end(ConvolutionSet set, int threads, List<ConvolutionResult> results) {
        List<ConvolutionResult> counted = results.stream()
                .filter(result -> result.layer().occurrences() > 0)
                .toList();
        out.printf(Locale.ROOT, "%s, %s:%n", set.name(), threads(threads));
        for (String contender : List.of(ConvolutionContender.BEST, ConvolutionContender.DIRECT)) {
            summary(contender, counted);
        }
        if (algorithms) {
            counted.stream()
                    .max(Comparator.comparingDouble(ConvolutionResult::lost))
                    .ifPresent(worst -> out.printf(
                            Locale.ROOT,
                            "  choice   lost %.3f in the geometric mean, at most %.2f: %s%n",
                            GeometricMean.of(counted, result -> Optional.of(result.lost())),
                            worst.lost(),
                            named(worst)));
        }
    }

    private void summary(String contender, List<ConvolutionResult> counted) {
        List<ConvolutionResult> ran = counted.stream()
                .filter(result -> result.of(contender).isPresent())
                .toList();
        ran.stream()
                .min(Comparator.comparingDouble(
                        result -> result.ratio(contender).orElseThrow()))
                .ifPresent(worst -> out.printf(
                        Locale.ROOT,
                        "  %-8s ONNX Runtime ÷ Tally %.3f in the geometric mean of %d of %d, at least %.2f: %s; %d below %.1f%n",
                        contender,
                        GeometricMean.of(ran, result -> result.ratio(contender)),
                        occurrences(ran),
                        occurrences(counted),
                        worst.ratio(contender).orElseThrow(),
                        named(worst),
                        occurrences(ran.stream()
                                .filter(result -> result.ratio(contender).orElseThrow() < SLOWER)
                                .toList()),
                        SLOWER));
    }

    private String layer(Object... columns) {
        return String.format(Locale.ROOT, layerFormat, columns);
    }

    private static int longest(ConvolutionSet set, Function<ConvolutionLayer, String> column) {
        return set.layers().stream()
                .mapToInt(layer -> column.apply(layer).length())
                .reduce(FEWEST_LETTERS, Math::max);
    }

    private static int occurrences(List<ConvolutionResult> results) {
        return results.stream().mapToInt(result -> result.layer().occurrences()).sum();
    }

    private static String named(ConvolutionResult result) {
        return result.layer().name() + " (" + result.layer().geometry() + ")";
    }

    private static String time(Optional<Timed> timed, ConvolutionLayer layer) {
        return timed.map(each -> String.format(
                        Locale.ROOT, "%9.4f %5.0f", each.medianNanos() / 1e6, layer.flops() / each.medianNanos()))
                .orElse(String.format(Locale.ROOT, "%9s %5s", "-", ""));
    }

    private static String ratio(Optional<Timed> timed, ConvolutionResult result) {
        return timed.map(result::ratios)
                .map(ratios ->
                        String.format(Locale.ROOT, "%6.2f %4.1f", Medians.of(ratios), 100 * Medians.spread(ratios)))
                .orElse(String.format(Locale.ROOT, "%6s %4s", "-", ""));
    }

    private static String error(Optional<Timed> timed) {
        return timed.map(each -> String.format(Locale.ROOT, "%7.1e", each.error()))
                .orElse("      -");
    }

    private static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
