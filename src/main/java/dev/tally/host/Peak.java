package dev.tally.host;

/**
 * The most arithmetic that this machine was seen to do.
 *
 * @param flopsPerSecond float32 operations in a second, all threads together; a multiply-add counts as two
 * @param threads how many threads did it at once
 * @param how with which loop: {@code 512-bit vectors}
 */
public record Peak(double flopsPerSecond, int threads, String how) {}
