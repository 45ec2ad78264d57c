package dev.tally.kernel.image;

/** Where a batch of images lies, and how. */
public sealed interface Image permits Planes, Blocks {}
