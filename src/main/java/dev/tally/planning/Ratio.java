package dev.tally.planning;

import org.jspecify.annotations.Nullable;

/** How many times cheaper something is than what it is compared with: that one's figure over its own. */
public final class Ratio {
    private Ratio() {}

    /**
     * {@return the ratio: over 1 where it is cheaper, 9.68 for the lecture's bottleneck; null where either figure is 0}
     *
     * @param reference the figure of what it is compared with
     * @param own its own
     */
    public static @Nullable Double of(double reference, double own) {
        return reference == 0 || own == 0 ? null : (Double) (reference / own);
    }

    /** {@return the ratio of counts} As {@link #of(double, double)}. */
    public static @Nullable Double of(long reference, long own) {
        return of((double) reference, (double) own);
    }
}
