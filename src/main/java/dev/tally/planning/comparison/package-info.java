/**
 * Networks side by side.
 *
 * <p>{@link dev.tally.planning.comparison.ComparisonReader} reads the networks of a request.
 *
 * <p>Uses what {@code planning} does; knows no Spring.
 */
@NullMarked
package dev.tally.planning.comparison;

import org.jspecify.annotations.NullMarked;
