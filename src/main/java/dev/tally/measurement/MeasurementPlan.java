package dev.tally.measurement;

import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.network.Network;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured, and how.
 *
 * @param network the network
 * @param baseline a network that it is compared with, run in turns with it; null where there is none
 * @param engines what runs them, at least one, all available; run in turns too
 * @param threads how many threads each engine computes with
 * @param precision in which numbers
 * @param budget how long to take samples, all engines, networks and layers together; preparing, warming up and checking
 *     come on top
 * @param perLayer whether each of the network's steps is measured by itself too, with half of the budget
 * @param algorithm the id of the algorithm that the network's convolutions, and those of its steps, are computed by on
 *     the engines that have it; null lets every engine choose. The baseline is computed as each engine chooses: what an
 *     algorithm gains is read beside the same network as its own baseline, and two networks are compared even if it
 *     does not apply to the other.
 */
public record MeasurementPlan(
        Network network,
        @Nullable Network baseline,
        List<Engine> engines,
        int threads,
        Precision precision,
        Duration budget,
        boolean perLayer,
        @Nullable String algorithm) {
    public MeasurementPlan {
        engines = List.copyOf(engines);
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("expected at least one engine");
        }
    }

    /** A plan by algorithms of the engines' own choice. */
    public MeasurementPlan(
            Network network,
            @Nullable Network baseline,
            List<Engine> engines,
            int threads,
            Precision precision,
            Duration budget,
            boolean perLayer) {
        this(network, baseline, engines, threads, precision, budget, perLayer, null);
    }

    /** {@return the algorithm that an engine is to compute the network by; null where it has none such, and chooses} */
    public @Nullable String algorithmOn(Engine engine) {
        return algorithm != null && engine.hasAlgorithm(algorithm) ? algorithm : null;
    }
}
