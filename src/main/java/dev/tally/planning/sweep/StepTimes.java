package dev.tally.planning.sweep;

import dev.tally.network.LayerKey;
import java.util.Collection;
import java.util.Map;

/** What steps took when they were measured before, all under the same conditions. */
@FunctionalInterface
public interface StepTimes {
    /** {@return the times of these steps in nanoseconds, without those that were not measured} */
    Map<LayerKey, Double> find(Collection<LayerKey> steps);
}
