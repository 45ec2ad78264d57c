package dev.tally.analysis;

import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;

/**
 * How many scalar operations something takes.
 *
 * @param multiplies multiplications of the direct definition, every tap counted
 * @param multipliesInBounds of these, without the taps that read padding
 * @param additions K - 1 for a sum of K terms, plus one for a bias
 * @param macs multiply-accumulates of convolutions, dense layers and matrix products alone: what published tables call
 *     MACs
 * @param other what is neither a multiplication nor an addition
 */
public record Operations(long multiplies, long multipliesInBounds, long additions, long macs, OtherOperations other) {
    /** No operation at all. */
    public static final Operations NONE = new Operations(0, 0, 0, 0, OtherOperations.NONE);

    /** {@return operations without multiply-accumulates, every multiplication in bounds} */
    static Operations plain(long multiplies, long additions, OtherOperations other) {
        return new Operations(multiplies, multiplies, additions, 0, other);
    }

    /**
     * {@return multiplies and additions together}
     *
     * @throws ArithmeticException if the number is over 2^63-1
     */
    public long flops() {
        return addExact(multiplies, additions);
    }

    /** {@return the sums, exact} */
    Operations plus(Operations that) {
        return new Operations(
                addExact(multiplies, that.multiplies),
                addExact(multipliesInBounds, that.multipliesInBounds),
                addExact(additions, that.additions),
                addExact(macs, that.macs),
                other.plus(that.other));
    }

    /** {@return the products, exact} */
    Operations times(long factor) {
        if (factor == 1) {
            return this;
        }
        return new Operations(
                multiplyExact(multiplies, factor),
                multiplyExact(multipliesInBounds, factor),
                multiplyExact(additions, factor),
                multiplyExact(macs, factor),
                other.times(factor));
    }
}
