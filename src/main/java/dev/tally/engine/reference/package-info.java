/**
 * The engine by which the others are checked: plain loops in double precision, for every type of layer, an element at a
 * time where only some are asked for.
 *
 * <p>Uses {@code engine}, {@code tensor}, {@code network}.
 */
@NullMarked
package dev.tally.engine.reference;

import org.jspecify.annotations.NullMarked;
