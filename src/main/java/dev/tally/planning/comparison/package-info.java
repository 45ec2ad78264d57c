/**
 * Networks side by side.
 *
 * <p>{@link dev.tally.planning.comparison.ComparisonReader} reads the networks of a request,
 * {@link dev.tally.planning.comparison.Comparison} aligns their layers by name and sets each beside the first.
 * {@link dev.tally.planning.comparison.Times} is how long they take, from wherever that is known,
 * {@link dev.tally.planning.comparison.Prediction} how far counting predicts it.
 *
 * <p>Uses what {@code planning} does; knows no Spring.
 */
@NullMarked
package dev.tally.planning.comparison;

import org.jspecify.annotations.NullMarked;
