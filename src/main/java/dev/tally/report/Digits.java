package dev.tally.report;

/** Measured numbers without the digits that are noise. */
public final class Digits {
    private Digits() {}

    /** {@return nanoseconds as milliseconds, to the nanosecond that the clock can tell} */
    public static double millis(double nanos) {
        return Math.round(nanos) / 1e6;
    }

    /** {@return a number to four significant digits; one that is not finite as it is} */
    public static double four(double number) {
        if (!Double.isFinite(number) || number == 0) {
            return number;
        }
        double digits = Math.pow(10, 3 - Math.floor(Math.log10(Math.abs(number))));
        return Math.round(number * digits) / digits;
    }
}
