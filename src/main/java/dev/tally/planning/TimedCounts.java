package dev.tally.planning;

import dev.tally.analysis.LayerAnalysis;
import dev.tally.analysis.Totals;
import java.util.Collection;

/**
 * What something costs that was counted, beside its time.
 *
 * @param multiplies of the direct definition
 * @param bytesMoved what its steps read and write
 * @param parameters how many numbers training changes
 * @param nanos its time
 */
public record TimedCounts(long multiplies, long bytesMoved, long parameters, double nanos) {
    /** {@return a network's} */
    public static TimedCounts of(Totals totals, double nanos) {
        return new TimedCounts(totals.operations().multiplies(), totals.bytesMoved(), totals.parameters(), nanos);
    }

    /**
     * {@return a step's}
     *
     * @param layers the layer that writes the tensor, and what is fused into it
     */
    public static TimedCounts of(Collection<LayerAnalysis> layers, double nanos) {
        return new TimedCounts(
                layers.stream()
                        .mapToLong(layer -> layer.operations().multiplies())
                        .sum(),
                layers.stream().mapToLong(LayerAnalysis::bytesMoved).sum(),
                layers.stream().mapToLong(LayerAnalysis::parameters).sum(),
                nanos);
    }
}
