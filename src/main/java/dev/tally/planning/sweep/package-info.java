/**
 * Sweeps: one description, counted at each point of a space of its parameters.
 *
 * <p>A {@link dev.tally.planning.sweep.ParameterSpace} says which values the parameters take together
 * ({@link dev.tally.planning.sweep.SpaceReader} reads it). A {@link dev.tally.planning.sweep.Sweep} counts the
 * candidate at any of its points, whichever was counted before, so that several threads can share one and nothing has
 * to be held; it adds up the times of its steps where those are known ({@link dev.tally.planning.sweep.StepTimes}).
 * {@link dev.tally.planning.sweep.Keep} chooses the best, or the Pareto front, while candidates come;
 * {@link dev.tally.planning.sweep.SweepSummary} what is said of all of them.
 *
 * <p>Uses {@code planning}, {@code analysis}, {@code description}, {@code network}, and Jackson's tree; knows no
 * Spring.
 */
@NullMarked
package dev.tally.planning.sweep;

import org.jspecify.annotations.NullMarked;
