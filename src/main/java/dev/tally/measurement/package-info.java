/**
 * Measuring: how often, for how long, beside what; what the samples say; how far to trust them.
 *
 * <p>A {@link dev.tally.measurement.MeasurementPlan} says what, an {@link dev.tally.measurement.Estimate} how long that
 * takes and how much memory. A {@link dev.tally.measurement.Measurer} carries a plan out, on the thread that calls it;
 * that one runs at a time is its caller's affair. {@code Sampling} runs the contenders in turns, {@code Samples} are
 * what came of it, {@code Verification} holds the outputs against the reference. What comes out are values:
 * {@link dev.tally.measurement.Measurements}, {@link dev.tally.measurement.Figures},
 * {@link dev.tally.measurement.Timing}. docs/measuring.md tells it in a page.
 *
 * <p>Uses {@code engine}, {@code engine.reference} to check the others by, {@code host}, {@code tensor},
 * {@code network}.
 */
@NullMarked
package dev.tally.measurement;

import org.jspecify.annotations.NullMarked;
