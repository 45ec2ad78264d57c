package dev.tally.kernel.operator;

/** What is done to each number of some by itself. */
@FunctionalInterface
public interface Function {
    /** Changes the first {@code count} numbers, all of one channel. */
    void apply(float[] numbers, int count, int channel);
}
