package dev.tally.measurement;

/**
 * What was counted of a network: what its measurement is estimated from.
 *
 * @param flops multiplies and additions
 * @param bytesMoved what its steps read and write
 * @param weightBytes what its layers store
 * @param activationBytes the most alive at once
 * @param steps how many layers run
 */
public record Cost(long flops, long bytesMoved, long weightBytes, long activationBytes, int steps) {}
