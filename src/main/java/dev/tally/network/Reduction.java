package dev.tally.network;

/** How a pool makes one number of many. */
public enum Reduction {
    MAXIMUM,
    AVERAGE
}
