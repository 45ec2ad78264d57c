package dev.tally.measurement;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What was measured of a network.
 *
 * @param engines what each engine's measurement found, in the order in which they were asked for
 * @param largestDifference the largest difference between two engines' outputs relative to the largest output; empty
 *     with one engine
 */
public record Measurements(List<Measurement> engines, OptionalDouble largestDifference) {
    public Measurements {
        engines = List.copyOf(engines);
    }
}
