package dev.tally.host;

/**
 * How fast one thread reads memory that one level holds.
 *
 * @param level {@code L1}, {@code L2}, {@code L3} or {@code DRAM}
 * @param bytes the size of the buffer that was read over and over
 * @param bytesPerSecond the best that was seen
 */
public record Bandwidth(String level, long bytes, double bytesPerSecond) {}
