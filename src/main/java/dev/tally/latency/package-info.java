/**
 * The latency table: what every step and network took that was ever measured, by its key, under the conditions that it
 * was measured under; and the time of a network that was not measured, from the times of its steps.
 *
 * <p>{@link dev.tally.latency.LatencyTable} takes what was measured, {@link dev.tally.latency.Latencies} answers pages
 * of it, {@link dev.tally.latency.LatencyEstimates} adds steps up, {@link dev.tally.latency.StepLatencies} answers
 * single ones. docs/latencies.md says what a key reads like and what the figures mean.
 *
 * <p>Has its own SQL, the tables {@code latency} and {@code latency_conditions}. Uses {@code storage},
 * {@code measurement}, {@code network}.
 */
@NullMarked
package dev.tally.latency;

import org.jspecify.annotations.NullMarked;
