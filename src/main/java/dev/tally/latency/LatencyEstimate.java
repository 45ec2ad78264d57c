package dev.tally.latency;

import dev.tally.network.Node;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The time of a network from those of its steps, in nanoseconds.
 *
 * @param conditions those that the times were measured under; where none of that kind are known, those asked for
 * @param steps each step, in the network's order, with what is known of it
 * @param whole what is known of the network itself, end to end; null where that was not measured
 */
public record LatencyEstimate(
        Conditions conditions,
        List<StepLatency> steps,
        @Nullable Latency whole) {
    public LatencyEstimate {
        steps = List.copyOf(steps);
    }

    /**
     * A step of the network.
     *
     * @param layers the layer that writes the tensor, then those that are applied on the way
     * @param key under which its times are kept
     * @param latency what is known of it; null where it was not measured
     */
    public record StepLatency(
            List<Node> layers, String key, @Nullable Latency latency) {
        public StepLatency {
            layers = List.copyOf(layers);
        }

        /** {@return the name of the layer that writes the tensor} */
        public String name() {
            return layers.getFirst().name();
        }
    }

    /** {@return whether all steps are known} */
    public boolean complete() {
        return steps.stream().allMatch(step -> step.latency() != null);
    }

    /** {@return the steps of which nothing is known} */
    public List<StepLatency> missing() {
        return steps.stream().filter(step -> step.latency() == null).toList();
    }

    /** {@return how many steps are known from disturbed hosts alone} */
    public long disturbed() {
        return found().stream().filter(Latency::disturbed).count();
    }

    /** {@return the sum of the medians of those steps that are known} */
    public double foundNanos() {
        return found().stream().mapToDouble(Latency::median).sum();
    }

    /**
     * {@return the sum of the standard deviations of the steps; empty where a step is missing or was measured only
     * once} The standard deviation of a sum is no greater than that, however its parts hang together.
     */
    public OptionalDouble spreadNanos() {
        boolean known = complete()
                && found().stream().allMatch(latency -> latency.variance().isPresent());
        return known
                ? OptionalDouble.of(found().stream()
                        .mapToDouble(latency -> Math.sqrt(latency.variance().orElseThrow()))
                        .sum())
                : OptionalDouble.empty();
    }

    /**
     * {@return how far the sum is from the network's own time, relative to that, below 0 where the sum is too small;
     * empty where a step is missing or the network was not measured}
     */
    public OptionalDouble relativeError() {
        return complete() && whole != null && whole.median() > 0
                ? OptionalDouble.of((foundNanos() - whole.median()) / whole.median())
                : OptionalDouble.empty();
    }

    private List<Latency> found() {
        return steps.stream().map(StepLatency::latency).filter(Objects::nonNull).toList();
    }
}
