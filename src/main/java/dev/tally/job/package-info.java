/**
 * The life of whatever measures: stored before it runs, run where its engines are, one at a time on a device, found
 * again when its machine dies, kept until it is old.
 *
 * <p>A {@code JobKind} finds in a request what there is to measure, {@link dev.tally.job.MeasuredNetworks}: now, and
 * anew from what is stored when it runs. {@link dev.tally.job.Submissions} makes a {@link dev.tally.job.Submission} of
 * them, if somebody can do it. That becomes a {@link dev.tally.job.Job} by {@link dev.tally.job.Jobs#submit}, which
 * stores it ({@code JobStore}) and enqueues it with db-scheduler ({@code JobQueue}) in one transaction. A worker's
 * {@code JobExecution} takes the device ({@code Devices}), claims the job, lets {@code Work} measure its networks one
 * after the other ({@code Series}), and stores what came of it, unless it was cancelled or taken over meanwhile.
 * {@code JobWatch} tells who waits. {@code Workers} announces what this process measures with, and knows what the
 * others do.
 *
 * <p>The job's row is the truth; db-scheduler's row only makes sure that somebody works on it.
 *
 * <p>Uses {@code storage}, {@code latency}, {@code planning}, {@code measurement}, {@code engine}, {@code host},
 * {@code analysis}, {@code description}, {@code network}.
 */
@NullMarked
package dev.tally.job;

import org.jspecify.annotations.NullMarked;
