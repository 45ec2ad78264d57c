package dev.tally.report;

import dev.tally.measurement.Figures;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.Baseline;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.network.Node;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The columns of comma-separated values that were measured, each name led by its engine's. */
final class MeasuredCsv implements MoreColumns {
    /** Of an engine that was forced to one. */
    private static final String ALGORITHM = "algorithm";

    private static final List<String> FIGURES = List.of(
            "kernel",
            "medianMillis",
            "p10Millis",
            "p90Millis",
            "minMillis",
            "deviceMillis",
            "coldMillis",
            "runs",
            "effectiveGflops",
            "shareOfPeak",
            "disturbance",
            "maxRelativeError");

    /** Of the baseline, where the whole network is set beside one. */
    private static final List<String> OF_BASELINE = List.of("baselineMedianMillis", "timeRatio");

    private final MeasuredAnalysis measured;

    MeasuredCsv(MeasuredAnalysis measured) {
        this.measured = measured;
    }

    /** {@return the columns' names; none for layers that were not measured} */
    @Override
    public List<String> names(boolean layers) {
        List<String> names = new ArrayList<>();
        for (Measurement measurement : measured.measurements().engines()) {
            if (!layers || !measurement.steps().isEmpty()) {
                if (measurement.conditions().algorithm() != null) {
                    names.add(name(measurement, ALGORITHM));
                }
                FIGURES.forEach(figure -> names.add(name(measurement, figure)));
            }
            if (!layers && measurement.baseline() != null) {
                OF_BASELINE.forEach(figure -> names.add(name(measurement, figure)));
            }
        }
        return names;
    }

    @Override
    public Map<String, Object> ofNetwork() {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (Measurement measurement : measured.measurements().engines()) {
            put(cells, measurement, measurement.figures(), measured.rate(measurement));
            Baseline baseline = measurement.baseline();
            if (baseline != null) {
                double median = baseline.figures().timing().median();
                cells.put(name(measurement, OF_BASELINE.getFirst()), Digits.millis(median));
                cells.put(name(measurement, OF_BASELINE.getLast()), Digits.four(baseline.ratio()));
            }
        }
        return cells;
    }

    @Override
    public Map<String, Object> of(Node layer) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (Measurement measurement : measured.measurements().engines()) {
            for (StepFigures step : measurement.steps()) {
                if (step.step().first() == layer) {
                    put(cells, measurement, step.figures(), measured.rate(measurement, step));
                }
            }
        }
        return cells;
    }

    private static void put(Map<String, Object> cells, Measurement measurement, Figures figures, Rate rate) {
        String algorithm = measurement.conditions().algorithm();
        if (algorithm != null) {
            cells.put(name(measurement, ALGORITHM), algorithm);
        }
        OptionalLong device = figures.deviceNanos();
        List<Object> values = List.of(
                figures.kernel(),
                Digits.millis(figures.timing().median()),
                Digits.millis(figures.timing().p10()),
                Digits.millis(figures.timing().p90()),
                Digits.millis(figures.timing().min()),
                device.isPresent() ? (Object) Digits.millis((double) device.getAsLong()) : "",
                Digits.millis((double) figures.coldNanos()),
                figures.timing().runs(),
                Digits.four(rate.gflops()),
                rate.shareOfPeak().isPresent()
                        ? (Object) Digits.four(rate.shareOfPeak().getAsDouble())
                        : "",
                Digits.four(figures.disturbance()),
                Digits.four(figures.maxRelativeError()));
        for (int i = 0; i < FIGURES.size(); i++) {
            cells.put(name(measurement, FIGURES.get(i)), values.get(i));
        }
    }

    private static String name(Measurement measurement, String figure) {
        return measurement.conditions().engine() + ":" + figure;
    }
}
