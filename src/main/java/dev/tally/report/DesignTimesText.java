package dev.tally.report;

import dev.tally.measurement.Measurement;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.alternative.Alternative;
import dev.tally.planning.alternative.DesignEstimates;
import dev.tally.planning.alternative.Kind;
import dev.tally.planning.alternative.TimedDesigns;
import dev.tally.planning.comparison.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What stands under a table of designs about their times: where they are from, and how much of the ratios is left. */
final class DesignTimesText {
    private final TimedDesigns designs;

    DesignTimesText(TimedDesigns designs) {
        this.designs = designs;
    }

    /** {@return what the times were measured with, or taken from} */
    String conditions(Times times) {
        return switch (times.source()) {
            case MEASURED -> measured(times.engine()) + "; in turns with the layer as it is";
            case LATENCIES -> estimated(Objects.requireNonNull(designs.estimates(), "their times are there"));
        };
    }

    private String measured(String engine) {
        for (MeasuredAnalysis one : designs.measured()) {
            for (Measurement measurement :
                    one == null ? List.<Measurement>of() : one.measurements().engines()) {
                Measurement.Conditions conditions = measurement.conditions();
                if (one != null && conditions.engine().equals(engine)) {
                    String device = conditions.device();
                    return conditions(engine, conditions.threads(), conditions.precision())
                            + (device == null ? "" : device + ", in ")
                            + one.host();
                }
            }
        }
        return engine;
    }

    private static String estimated(DesignEstimates estimates) {
        return "from latencies: " + conditions(estimates.engine(), estimates.threads(), estimates.precision())
                + (estimates.device().isEmpty() ? "" : estimates.device() + ", in ") + estimates.host();
    }

    private static String conditions(String engine, int threads, String precision) {
        return engine + (threads == 1 ? ", 1 thread, " : ", " + threads + " threads, ") + precision + ", on ";
    }

    /** {@return by how much the host was slowed down at the worst; 1 where nothing was measured} */
    double disturbance() {
        double worst = 1;
        for (MeasuredAnalysis one : designs.measured()) {
            for (Measurement measurement :
                    one == null ? List.<Measurement>of() : one.measurements().engines()) {
                worst = Math.max(worst, measurement.figures().disturbance());
            }
        }
        return worst;
    }

    /**
     * {@return for each kind of bottleneck, on each engine, how much of the ratio in multiplies is left in time at its
     * widths; each as words between which a line may end}
     */
    List<List<String>> sharesLeft() {
        List<List<String>> lines = new ArrayList<>();
        for (Times times : designs.times()) {
            Map<Kind, List<String>> byKind = new LinkedHashMap<>();
            for (int i = 1; i <= designs.layer().alternatives().size(); i++) {
                Double share = designs.shareOfRatioLeft(times, i);
                Kind kind = alternative(i).kind();
                if (share != null && kind.isBottleneck()) {
                    byKind.computeIfAbsent(kind, _ -> new ArrayList<>())
                            .add(String.format(
                                    Locale.ROOT,
                                    "%.0f %% at %d",
                                    100 * share,
                                    alternative(i).number()));
                }
            }
            byKind.forEach((kind, shares) -> lines.add(words(kind, times, shares)));
        }
        return lines;
    }

    private static List<String> words(Kind kind, Times times, List<String> shares) {
        String lead = kind.id() + ": of its ratio in multiplies is left in time on " + times.engine()
                + (times.source() == Times.Source.MEASURED ? "" : ", estimated") + ":";
        List<String> words = new ArrayList<>(List.of(lead.split(" ", -1)));
        for (int i = 0; i < shares.size(); i++) {
            words.add(shares.get(i) + (i + 1 < shares.size() ? "," : ""));
        }
        return words;
    }

    /** {@return the designs that were not measured, each with why} */
    Map<String, String> notMeasured() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (int i = 0; i < designs.notMeasured().size(); i++) {
            String reason = designs.notMeasured().get(i);
            if (reason != null) {
                reasons.put(i == 0 ? AlternativesText.ORIGINAL : AlternativesText.name(alternative(i)), reason);
            }
        }
        return reasons;
    }

    private Alternative alternative(int design) {
        return designs.layer().alternatives().get(design - 1);
    }
}
