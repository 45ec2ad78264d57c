package dev.tally.planning;

import org.jspecify.annotations.Nullable;

/**
 * The most that a figure may be.
 *
 * @param atMost the greatest value that is within the limit
 * @param basis how that came about, where it is relative
 */
public record Limit(Figure figure, long atMost, @Nullable Basis basis) {
    /**
     * What a relative limit goes by.
     *
     * @param baseline what the figure is of the baseline
     * @param change how much more or less is allowed
     */
    public record Basis(long baseline, Change change) {}

    static Limit absolute(Figure figure, long atMost) {
        return new Limit(figure, atMost, null);
    }

    static Limit relative(Figure figure, long baseline, Change change) {
        return new Limit(figure, change.of(baseline), new Basis(baseline, change));
    }
}
