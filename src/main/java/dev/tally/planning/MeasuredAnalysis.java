package dev.tally.planning;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.measurement.Measurements;
import dev.tally.network.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was counted of a network beside what was measured of it. */
public final class MeasuredAnalysis {
    private final Measurements measurements;
    private final @Nullable Analysis baseline;
    private final String host;
    private final double peakFlops;
    private final Analysis analysis;
    private final Map<Node, Long> flops = new HashMap<>();

    /**
     * Counts and times of one network.
     *
     * @param analysis the counts of the network that was measured
     * @param baseline the counts of the baseline; null where there is none
     * @param host where it was measured: the host's fingerprint
     * @param peakFlops what that host reaches with as many threads, in operations a second
     */
    public MeasuredAnalysis(
            Analysis analysis, @Nullable Analysis baseline, Measurements measurements, String host, double peakFlops) {
        this.analysis = analysis;
        this.baseline = baseline;
        this.measurements = measurements;
        this.host = host;
        this.peakFlops = peakFlops;
        for (LayerAnalysis layer : analysis.layers()) {
            flops.put(layer.node(), layer.flops());
        }
    }

    /** {@return what was measured} */
    public Measurements measurements() {
        return measurements;
    }

    /** {@return the counts of the baseline; null where there is none} */
    public @Nullable Analysis baseline() {
        return baseline;
    }

    /** {@return where it was measured} */
    public String host() {
        return host;
    }

    /** {@return the multiplies of the baseline over those of the network; null where there is none or a count is 0} */
    public @Nullable Double multipliesRatio() {
        long own = analysis.totals().operations().multiplies();
        if (baseline == null || own == 0) {
            return null;
        }
        return (double) baseline.totals().operations().multiplies() / own;
    }

    /** {@return how fast the network ran end to end} */
    public Rate rate(Measurement measurement) {
        return Rate.of(analysis.totals().flops(), measurement.figures(), peakFlops(measurement));
    }

    /** {@return how fast a step ran by itself} */
    public Rate rate(Measurement measurement, StepFigures step) {
        long operations = step.step().layers().stream()
                .mapToLong(layer -> flops.getOrDefault(layer, 0L))
                .sum();
        return Rate.of(operations, step.figures(), peakFlops(measurement));
    }

    private double peakFlops(Measurement measurement) {
        return measurement.conditions().onHost() ? peakFlops : 0;
    }
}
