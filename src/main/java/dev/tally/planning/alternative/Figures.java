package dev.tally.planning.alternative;

import dev.tally.analysis.Totals;

/**
 * What a part or a network costs, its batch included, as an {@link dev.tally.analysis.Analysis} counts it.
 *
 * @param multiplies the multiplications of the direct definition
 * @param macs the multiply-accumulates
 * @param parameters how many numbers training changes
 * @param weightBytes the bytes of parameters and stored statistics
 * @param peakActivationBytes the most bytes of activations alive at once
 * @param bytesMoved what its steps read and write
 */
public record Figures(
        long multiplies, long macs, long parameters, long weightBytes, long peakActivationBytes, long bytesMoved) {
    static Figures of(Totals totals) {
        return new Figures(
                totals.operations().multiplies(),
                totals.operations().macs(),
                totals.parameters(),
                totals.weightBytes(),
                totals.peakActivationBytes(),
                totals.bytesMoved());
    }

    /**
     * {@return these figures of a whole with one part of it replaced: the sums less the old part's, plus the new one's}
     *
     * @param peakActivationBytes that of the whole with the new part, which is no sum
     * @throws ArithmeticException if one is over 2^63-1
     */
    Figures with(Figures old, Figures replacement, long peakActivationBytes) {
        return new Figures(
                Math.addExact(multiplies - old.multiplies, replacement.multiplies),
                Math.addExact(macs - old.macs, replacement.macs),
                Math.addExact(parameters - old.parameters, replacement.parameters),
                Math.addExact(weightBytes - old.weightBytes, replacement.weightBytes),
                peakActivationBytes,
                Math.addExact(bytesMoved - old.bytesMoved, replacement.bytesMoved));
    }
}
