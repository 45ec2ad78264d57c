package dev.tally.kernel.memory;

/** How kernels reach memory. */
public enum Access {
    /** Unchecked, by {@link RawAccess}. */
    RAW,
    /** Each access checked, by {@link CheckedAccess}: for tests. */
    CHECKED
}
