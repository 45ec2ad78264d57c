package dev.tally.measurement;

/**
 * What was counted of a network: what its measurement is estimated from.
 *
 * @param flops multiplies and additions
 * @param slowOperations comparisons, exponentials and all else that is done an element at a time, and the multiplies
 *     and additions of layers too narrow for vectors
 * @param bytesMoved what its steps read and write, and what they write and read on the way
 * @param weightBytes what its layers store
 * @param activationBytes the most alive at once
 * @param steps how many layers run
 */
public record Cost(
        double flops, double slowOperations, double bytesMoved, long weightBytes, long activationBytes, int steps) {}
