/**
 * What to make of counts and times: whether a network keeps a budget, what a measurement of it will cost, how fast it
 * was.
 *
 * <p>A {@link dev.tally.planning.Budget} is a list of {@link dev.tally.planning.Limit}s, each the most that one
 * {@link dev.tally.planning.Figure} may be; {@link dev.tally.planning.Budget#check} gives the
 * {@link dev.tally.planning.Verdict}. {@link dev.tally.planning.BudgetReader} reads one from JSON and counts the
 * baselines that its relative limits name.
 *
 * <p>{@link dev.tally.planning.Costs} says from counts what a measurement is estimated by,
 * {@link dev.tally.planning.MeasuredAnalysis} sets times beside counts, {@link dev.tally.planning.RankCorrelation}
 * tells whether one predicts the order of the other. {@link dev.tally.planning.Front} keeps of many designs those that
 * no other makes superfluous.
 *
 * <p>{@code comparison} sets networks beside each other, {@code alternative} has the designs of a layer, {@code sweep}
 * counts a description at many values of its parameters.
 *
 * <p>Uses {@code analysis}, {@code measurement} (values), {@code description}, the {@code network} under them, and
 * Jackson's tree; knows no Spring.
 */
@NullMarked
package dev.tally.planning;

import org.jspecify.annotations.NullMarked;
