package dev.tally.kernel.emit;

/** What a kernel does to a number before it stores it. */
public enum Rectifier {
    /** Nothing. */
    NONE,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code min(max(x, 0), 6)}. */
    RELU6
}
