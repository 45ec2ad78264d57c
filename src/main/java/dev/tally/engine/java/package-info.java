/**
 * Tally's own engine: networks on the kernels of {@code kernel}. A network is made ready once, as a list of operators
 * on memory that is there already, each tensor channels first, whatever its network declares; a run goes through them.
 *
 * <p>The way there: {@code Layouts} says which tensors are kept in blocks of channels, {@code Stages} which layers are
 * computed at once, {@code Planner} turns those into {@code Tasks} on {@code Place}s, {@code Tuner} finds which
 * algorithm is the fastest for a convolution; {@code Waves} are tasks that several threads compute at once; then places
 * get memory, and each task's operator is made. Docs: decisions 19 to 21.
 *
 * <p>Uses {@code engine}, {@code tensor}, {@code network}, {@code kernel} and, to bind threads, {@code host}.
 */
@NullMarked
package dev.tally.engine.java;

import org.jspecify.annotations.NullMarked;
