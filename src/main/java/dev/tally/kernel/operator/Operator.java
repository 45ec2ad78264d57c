package dev.tally.kernel.operator;

/** A layer made ready. */
@FunctionalInterface
public interface Operator {
    /** Computes what the layer gives. By one thread at a time. */
    void run();
}
