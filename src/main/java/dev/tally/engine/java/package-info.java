/**
 * Tally's own engine: networks on the kernels of {@code kernel}. A network is made ready once, as a list of steps on
 * buffers that are there already, each tensor channels first, whatever its network declares; a run goes through the
 * steps.
 *
 * <p>Uses {@code engine}, {@code tensor}, {@code network}, {@code kernel} and, to bind threads, {@code host}.
 */
@NullMarked
package dev.tally.engine.java;

import org.jspecify.annotations.NullMarked;
