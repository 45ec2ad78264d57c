/**
 * The life of whatever measures: stored before it runs, run where its engines are, one at a time on a device, found
 * again when its machine dies, kept until it is old.
 *
 * <p>A {@link dev.tally.job.Submission} becomes a {@link dev.tally.job.Job} by {@link dev.tally.job.Jobs#submit}, which
 * stores it ({@code JobStore}) and enqueues it with db-scheduler ({@code JobQueue}) in one transaction. A worker's
 * {@code JobExecution} takes the device ({@code Devices}), claims the job, lets its kind's {@code Work} measure, and
 * stores what came of it, unless it was cancelled or taken over meanwhile. {@code JobWatch} tells who waits.
 * {@code Workers} announces what this process measures with, and knows what the others do.
 *
 * <p>The job's row is the truth; db-scheduler's row only makes sure that somebody works on it.
 *
 * <p>Uses {@code storage}, {@code latency}, {@code planning}, {@code measurement}, {@code engine}, {@code host},
 * {@code analysis}, {@code description}, {@code network}.
 */
@NullMarked
package dev.tally.job;

import org.jspecify.annotations.NullMarked;
