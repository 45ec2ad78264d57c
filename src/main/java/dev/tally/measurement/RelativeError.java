package dev.tally.measurement;

/** The largest error seen, relative to the largest reference seen. */
final class RelativeError {
    private double largestError;
    private double largestReference;

    void add(double expected, double got) {
        if (Double.doubleToLongBits(expected) == Double.doubleToLongBits(got)) {
            // Equal infinities too, whose difference is none.
            largestReference =
                    Double.isFinite(expected) ? Math.max(largestReference, Math.abs(expected)) : largestReference;
            return;
        }
        double error = Math.abs(expected - got);
        largestError = Double.isFinite(error) ? Math.max(largestError, error) : Double.POSITIVE_INFINITY;
        if (Double.isFinite(expected)) {
            largestReference = Math.max(largestReference, Math.abs(expected));
        }
    }

    /** {@return the error: 0 where all are equal, infinite where one is no number and should be, or the reverse} */
    double largest() {
        return largestError == 0
                ? 0
                : largestReference == 0 ? Double.POSITIVE_INFINITY : largestError / largestReference;
    }
}
