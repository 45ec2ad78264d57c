package dev.tally.job;

import dev.tally.description.Described;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured of a network.
 *
 * @param engines what runs it, at least one
 * @param threads how many threads each computes with; null for as many as the host that measures has cores
 * @param precision in which numbers; null as the network's type of elements says
 * @param budget how long to take samples
 * @param perLayer whether each layer is measured too
 * @param baseline what it is compared with, or null
 * @param algorithm the id of the algorithm that the network's convolutions are computed by on those of the engines that
 *     have it, at least one; null lets all of them choose
 * @param host the fingerprint of the host to measure on, or {@link Route#ANY}
 */
public record MeasureRequest(
        List<Engine> engines,
        @Nullable Integer threads,
        @Nullable Precision precision,
        Duration budget,
        boolean perLayer,
        @Nullable Described baseline,
        @Nullable String algorithm,
        String host) {}
