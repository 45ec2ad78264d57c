package dev.tally.kernel.image;

import dev.tally.kernel.memory.Buffer;

/**
 * Images as planes, {@code NCDHW}: a channel after the other, each with its elements beside each other.
 *
 * @param buffer begins with the first
 */
public record Planes(Buffer buffer) implements Image {}
