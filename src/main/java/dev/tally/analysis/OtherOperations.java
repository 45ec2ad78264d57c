package dev.tally.analysis;

import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;

/**
 * Operations that are neither multiplications nor additions, each kind by itself.
 *
 * @param comparisons a maximum of two, a test of a sign, an absolute value
 * @param divisions one number by another, a reciprocal too
 * @param exponentials e to a power
 * @param logarithms natural ones
 * @param powers a number to a power that is no integer, a root too
 * @param errorFunctions the error function, erf
 */
public record OtherOperations(
        long comparisons, long divisions, long exponentials, long logarithms, long powers, long errorFunctions) {
    /** No operation at all. */
    public static final OtherOperations NONE = new OtherOperations(0, 0, 0, 0, 0, 0);

    static OtherOperations comparisons(long count) {
        return new OtherOperations(count, 0, 0, 0, 0, 0);
    }

    static OtherOperations divisions(long count) {
        return new OtherOperations(0, count, 0, 0, 0, 0);
    }

    static OtherOperations exponentials(long count) {
        return new OtherOperations(0, 0, count, 0, 0, 0);
    }

    static OtherOperations logarithms(long count) {
        return new OtherOperations(0, 0, 0, count, 0, 0);
    }

    static OtherOperations powers(long count) {
        return new OtherOperations(0, 0, 0, 0, count, 0);
    }

    static OtherOperations errorFunctions(long count) {
        return new OtherOperations(0, 0, 0, 0, 0, count);
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
                addExact(logarithms, that.logarithms),
                addExact(powers, that.powers),
                addExact(errorFunctions, that.errorFunctions));
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
                multiplyExact(logarithms, factor),
                multiplyExact(powers, factor),
                multiplyExact(errorFunctions, factor));
    }
}
