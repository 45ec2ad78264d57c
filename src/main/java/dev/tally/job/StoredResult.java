package dev.tally.job;

import dev.tally.analysis.Analysis;
import dev.tally.measurement.Figures;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.Baseline;
import dev.tally.measurement.Measurement.Conditions;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.measurement.Measurements;
import dev.tally.network.Network;
import dev.tally.network.Subnetworks;
import dev.tally.network.Subnetworks.Step;
import dev.tally.planning.MeasuredAnalysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a network, as it is stored: times alone. Counts are made anew when it is read, so that one
 * result is answered as JSON, as a table or as CSV. Layers stand by their names. The names of the components here and
 * of {@link Conditions}, {@link Figures}, {@link Baseline} and {@link dev.tally.measurement.Timing} are in databases:
 * what an earlier version stored has to be read still.
 *
 * @param host where it was measured: the host's fingerprint
 * @param peakFlops what that host reaches with as many threads, in operations a second
 * @param engines what each engine's measurement found
 * @param largestDifference the largest difference between two engines' outputs
 */
public record StoredResult(
        String host, double peakFlops, List<StoredMeasurement> engines, OptionalDouble largestDifference) {
    /** On one engine. */
    public record StoredMeasurement(
            Conditions conditions,
            Figures figures,
            @Nullable Baseline baseline,
            List<StoredStep> steps) {}

    /** Of a step, by the name of its first layer. */
    public record StoredStep(String layer, Figures figures) {}

    /** {@return what is stored of measurements} */
    static StoredResult of(String host, double peakFlops, Measurements measurements) {
        return new StoredResult(
                host,
                peakFlops,
                measurements.engines().stream().map(StoredResult::stored).toList(),
                measurements.largestDifference());
    }

    private static StoredMeasurement stored(Measurement measurement) {
        return new StoredMeasurement(
                measurement.conditions(),
                measurement.figures(),
                measurement.baseline(),
                measurement.steps().stream()
                        .map(step -> new StoredStep(step.step().first().name(), step.figures()))
                        .toList());
    }

    /** {@return what was stored} */
    public static StoredResult read(String json) {
        return Json.MAPPER.readValue(json, StoredResult.class);
    }

    /**
     * {@return this beside the counts of the network that was measured}
     *
     * @param baseline the counts of the baseline; null where there is none
     */
    public MeasuredAnalysis beside(Analysis analysis, @Nullable Analysis baseline) {
        Map<String, Step> steps = new HashMap<>();
        Network network = analysis.network();
        Subnetworks.of(network).forEach(step -> steps.put(step.first().name(), step));
        List<Measurement> measurements = engines.stream()
                .map(engine -> new Measurement(
                        engine.conditions(), engine.figures(), engine.baseline(), figures(engine.steps(), steps)))
                .toList();
        return new MeasuredAnalysis(
                analysis, baseline, new Measurements(measurements, largestDifference), host, peakFlops);
    }

    private static List<StepFigures> figures(List<StoredStep> stored, Map<String, Step> steps) {
        List<StepFigures> figures = new ArrayList<>();
        for (StoredStep one : stored) {
            Step step = steps.get(one.layer());
            // A later version may fuse otherwise: a layer that is no step any more has no figures of its own.
            if (step != null) {
                figures.add(new StepFigures(step, one.figures()));
            }
        }
        return figures;
    }
}
