package dev.tally.measurement;

import dev.tally.engine.Engine;
import dev.tally.engine.EngineStatus;
import dev.tally.network.Subnetworks.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured on one engine.
 *
 * @param conditions what ran, and how
 * @param figures of the whole network, end to end
 * @param baseline of the baseline; null where there is none
 * @param steps of each step by itself, in the network's order; empty where they were not asked for
 */
public record Measurement(
        Conditions conditions, Figures figures, @Nullable Baseline baseline, List<StepFigures> steps) {
    /** Above which part of the longer time the steps' sum and the whole are said to disagree. */
    private static final double AGREEMENT = 0.1;

    public Measurement {
        steps = List.copyOf(steps);
    }

    /**
     * What ran, and how.
     *
     * @param engine the engine's id
     * @param algorithm the id of the algorithm that the network's convolutions were to be computed by; null where the
     *     engine chose
     * @param version the engine's version; null where it has none
     * @param onHost whether it computed on the host's processor
     * @param device what it computed on, with its driver, where that is not the host's processor
     * @param threads how many threads it computed with
     * @param precision in which numbers
     */
    public record Conditions(
            String engine,
            @Nullable String algorithm,
            @Nullable String version,
            boolean onHost,
            @Nullable String device,
            int threads,
            String precision) {
        static Conditions of(Engine engine, MeasurementPlan plan) {
            EngineStatus status = engine.status();
            return new Conditions(
                    engine.id(),
                    plan.algorithmOn(engine),
                    status.version(),
                    engine.onHost(),
                    status.device(),
                    plan.threads(),
                    plan.precision().id());
        }
    }

    /**
     * A network that was run in turns with the one that is measured.
     *
     * @param figures its own
     * @param ratio its time to that of the network: the median of the ratios of neighbouring stretches of runs
     */
    public record Baseline(Figures figures, double ratio) {}

    /** What was measured of a step; steps that do the same work were measured once. */
    public record StepFigures(Step step, Figures figures) {}

    /** {@return the sum of the steps' medians in nanoseconds; 0 where there are none} */
    public double stepsNanos() {
        return steps.stream()
                .mapToDouble(step -> step.figures().timing().median())
                .sum();
    }

    /** {@return whether the steps' sum and the whole network's time are more than a tenth apart} */
    public boolean stepsDisagree() {
        double whole = figures.timing().median();
        return !steps.isEmpty() && Math.abs(stepsNanos() - whole) > AGREEMENT * Math.max(stepsNanos(), whole);
    }
}
