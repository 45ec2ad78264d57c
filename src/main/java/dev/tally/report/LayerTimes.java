package dev.tally.report;

import dev.tally.analysis.Analysis;
import dev.tally.latency.LatencyKey;
import dev.tally.network.Subnetworks;
import dev.tally.planning.MeasuredAnalysis;
import org.jspecify.annotations.Nullable;

/**
 * A layer that is measured by itself, as a network of its own.
 *
 * @param analysis what it costs, with what is fused into it
 * @param measured what was measured of it; null where nothing was
 * @param notMeasured why it was not measured; null where it was, or is still to be
 */
public record LayerTimes(
        Analysis analysis,
        @Nullable MeasuredAnalysis measured,
        @Nullable String notMeasured) {
    /** {@return its name in the network that it is from} */
    public String name() {
        return Subnetworks.of(analysis.network()).getFirst().first().name();
    }

    /** {@return under which its times are kept in the latency table} */
    public String key() {
        return LatencyKey.of(Subnetworks.of(analysis.network()).getFirst()).text();
    }
}
