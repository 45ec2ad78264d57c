package dev.tally.planning.alternative;

import dev.tally.planning.Ratio;
import dev.tally.planning.comparison.Times;
import dev.tally.planning.comparison.Times.NetworkTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the designs of a layer take by what was measured before: each the sum of its steps' medians.
 *
 * @param engine the engine's id
 * @param threads how many threads it computed with
 * @param precision in which numbers
 * @param host the host's fingerprint
 * @param device what it computed on, with its driver; empty for the host's processor
 * @param designs of the layer as it is, then of its alternatives in order
 */
public record DesignEstimates(
        String engine, int threads, String precision, String host, String device, List<DesignEstimate> designs) {
    public DesignEstimates {
        designs = List.copyOf(designs);
    }

    /**
     * Of one design.
     *
     * @param nanos the sum; null where a step is missing
     * @param missing the first layers of the steps that were not measured, by their names
     */
    public record DesignEstimate(@Nullable Double nanos, List<String> missing) {
        public DesignEstimate {
            missing = List.copyOf(missing);
        }
    }

    /** {@return the same as times of networks, the first of which is the layer as it is} */
    Times times() {
        List<@Nullable NetworkTimes> times = new ArrayList<>();
        Double original = designs.getFirst().nanos();
        for (DesignEstimate design : designs) {
            Double own = design.nanos();
            boolean isOriginal = times.isEmpty();
            times.add(new NetworkTimes(
                    own, isOriginal || original == null || own == null ? null : Ratio.of(original, own), Map.of()));
        }
        return new Times(Times.Source.LATENCIES, engine, times);
    }
}
