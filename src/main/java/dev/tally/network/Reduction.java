package dev.tally.network;

/** How a pool makes one number of many. */
public enum Reduction {
    /** The greatest element. */
    MAXIMUM,
    /** The mean of the elements. */
    AVERAGE
}
