/**
 * Measuring: how often, for how long, beside what; what the samples say; how far to trust them.
 *
 * <p>Uses {@code engine}, {@code engine.reference} to check the others by, {@code host}, {@code tensor},
 * {@code network}.
 */
@NullMarked
package dev.tally.measurement;

import org.jspecify.annotations.NullMarked;
