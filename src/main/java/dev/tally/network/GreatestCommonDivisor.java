package dev.tally.network;

/** The greatest number that divides two others, by Euclid's algorithm. */
public final class GreatestCommonDivisor {
    private GreatestCommonDivisor() {}

    /** {@return the greatest common divisor of two numbers of at least 0, not both 0} */
    public static long of(long a, long b) {
        return b == 0 ? a : of(b, a % b);
    }
}
