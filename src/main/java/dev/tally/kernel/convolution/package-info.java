/**
 * Convolutions: an ordered list of algorithms, each of which says which geometries it supports and makes a plan of one.
 *
 * <p>Uses {@code kernel.emit}, {@code kernel.memory}, {@code kernel.parallel} and the JDK.
 */
@NullMarked
package dev.tally.kernel.convolution;

import org.jspecify.annotations.NullMarked;
