package dev.tally.planning.comparison;

import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Ratio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the networks of a comparison take on one engine, by one source.
 *
 * @param source where the times are from
 * @param engine the engine's id
 * @param networks each network's, in the order of the comparison; null where none is known
 */
public record Times(Source source, String engine, List<@Nullable NetworkTimes> networks) {
    public Times {
        networks = Collections.unmodifiableList(new ArrayList<>(networks));
    }

    /** Where times are from. */
    public enum Source {
        /** Each network was measured end to end, in turns with the first. */
        MEASURED("measured"),
        /** The sum of the steps' times in the latency table. */
        LATENCIES("latencies");

        private final String id;

        Source(String id) {
            this.id = id;
        }

        /** {@return its name in JSON} */
        public String id() {
            return id;
        }
    }

    /**
     * The times of one network.
     *
     * @param nanos of the whole; null where that is not known
     * @param ratio the first network's time over this one's; null for the first, and where either is not known
     * @param stepNanos of each step by itself, by the name of its first layer; without those that are not known
     */
    public record NetworkTimes(
            @Nullable Double nanos, @Nullable Double ratio, Map<String, Double> stepNanos) {
        public NetworkTimes {
            stepNanos = Map.copyOf(stepNanos);
        }
    }

    /**
     * {@return what was measured of networks, on each engine}
     *
     * @param measured what was measured of each network; null where nothing was
     */
    public static List<Times> measured(List<@Nullable MeasuredAnalysis> measured) {
        Set<String> engines = new LinkedHashSet<>();
        for (MeasuredAnalysis one : measured) {
            if (one != null) {
                one.measurements()
                        .engines()
                        .forEach(measurement ->
                                engines.add(measurement.conditions().engine()));
            }
        }
        return engines.stream()
                .map(engine -> new Times(
                        Source.MEASURED,
                        engine,
                        measured.stream().map(one -> on(engine, one)).toList()))
                .toList();
    }

    private static @Nullable NetworkTimes on(String engine, @Nullable MeasuredAnalysis measured) {
        if (measured == null) {
            return null;
        }
        for (Measurement measurement : measured.measurements().engines()) {
            if (measurement.conditions().engine().equals(engine)) {
                Map<String, Double> steps = new HashMap<>();
                for (StepFigures step : measurement.steps()) {
                    steps.put(
                            step.step().first().name(), step.figures().timing().median());
                }
                return new NetworkTimes(
                        measurement.figures().timing().median(),
                        measurement.baseline() == null
                                ? null
                                : (Double) measurement.baseline().ratio(),
                        steps);
            }
        }
        return null;
    }

    /** {@return whether steps' times are known of any network} */
    public boolean ofSteps() {
        return networks.stream().anyMatch(one -> one != null && !one.stepNanos().isEmpty());
    }

    /**
     * {@return how many times less a step takes in a network than in the first; null where either is not known}
     *
     * @param step the name of its first layer
     * @param network the network's number, from 0 on
     */
    public @Nullable Double ratio(String step, int network) {
        Double first = nanos(step, 0);
        Double own = nanos(step, network);
        return first == null || own == null ? null : Ratio.of(first, own);
    }

    /** {@return the time of a step in a network; null where it is not known} */
    public @Nullable Double nanos(String step, int network) {
        NetworkTimes times = networks.get(network);
        return times == null ? null : times.stepNanos().get(step);
    }
}
