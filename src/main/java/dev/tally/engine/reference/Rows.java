package dev.tally.engine.reference;

import java.util.function.IntFunction;

/**
 * Values that come in rows, each of which is worked out as a whole: when one of it is first asked for, and then kept.
 */
final class Rows implements WholeValues {
    private final int count;
    private final int length;
    private final IntFunction<double[]> make;
    private final Remembered kept;

    /**
     * Rows.
     *
     * @param make gives a row by its number; safe for use by several threads
     */
    Rows(long count, int length, IntFunction<double[]> make) {
        this.count = Math.toIntExact(count);
        this.length = length;
        this.make = make;
        this.kept = new Remembered(make);
    }

    @Override
    public double at(long index) {
        return kept.get(index / length)[(int) (index % length)];
    }

    @Override
    public void fill(double[] out, Team team) {
        team.each(count, row -> System.arraycopy(make.apply(row), 0, out, row * length, length));
    }
}
