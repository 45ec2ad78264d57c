package dev.tally.analysis;

import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;

/**
 * Operations that are neither multiplications nor additions, each kind by itself.
 *
 * @param comparisons a maximum of two, a test of a sign
 * @param divisions one number by another, a reciprocal too
 * @param exponentials e to a power
 * @param powers a number to a power that is no integer
 */
public record OtherOperations(long comparisons, long divisions, long exponentials, long powers) {
    /** No operation at all. */
    public static final OtherOperations NONE = new OtherOperations(0, 0, 0, 0);

    static OtherOperations comparisons(long count) {
        return new OtherOperations(count, 0, 0, 0);
    }

    static OtherOperations divisions(long count) {
        return new OtherOperations(0, count, 0, 0);
    }

    /** {@return the sums, exact} */
    OtherOperations plus(OtherOperations that) {
        if (that.equals(NONE)) {
            return this;
        }
        return new OtherOperations(
                addExact(comparisons, that.comparisons),
                addExact(divisions, that.divisions),
                addExact(exponentials, that.exponentials),
                addExact(powers, that.powers));
    }

    /** {@return the products, exact} */
    OtherOperations times(long factor) {
        if (equals(NONE)) {
            return this;
        }
        return new OtherOperations(
                multiplyExact(comparisons, factor),
                multiplyExact(divisions, factor),
                multiplyExact(exponentials, factor),
                multiplyExact(powers, factor));
    }
}
