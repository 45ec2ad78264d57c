/**
 * What this machine is: cores, caches, vector width; what it reaches, measured; how disturbed it is just now.
 *
 * <p>A {@link dev.tally.host.Host} has the facts, the peak, which is the most that was seen so far, and the bandwidths.
 * How disturbed it is, two things tell: a {@link dev.tally.host.Probe}, on as many cores as something computes on, what
 * neighbours slow down; a {@link dev.tally.host.RunDelay} for how long threads had no core.
 * {@link dev.tally.host.Pinning} keeps a thread where it is.
 *
 * <p>Uses {@code kernel}, which has the vector loops.
 */
@NullMarked
package dev.tally.host;

import org.jspecify.annotations.NullMarked;
