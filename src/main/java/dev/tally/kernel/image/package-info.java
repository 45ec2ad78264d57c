/**
 * How images lie in memory, and how they get from one layout into the other: as {@link dev.tally.kernel.image.Planes},
 * the way everybody gives and wants them, or as {@link dev.tally.kernel.image.Blocks} of channels, the way vectors of
 * channels are read and written; {@link dev.tally.kernel.image.Bands} share out the rows of such.
 *
 * <p>Uses {@code kernel.emit}, {@code kernel.memory}, {@code kernel.parallel} and the JDK.
 */
@NullMarked
package dev.tally.kernel.image;

import org.jspecify.annotations.NullMarked;
