/**
 * Micro-kernels written as classes while the service runs ({@link java.lang.classfile}): loops whose accumulators are
 * locals, which the compiler keeps in registers, for whatever tile, distance and width of vectors a layer asks for.
 * From source, each would be hundreds of unrolled lines; emitted, they are as fast.
 *
 * <p>A {@link dev.tally.kernel.emit.Tile} sums products over a table of offsets: direct convolutions, matrix products
 * and the products of Winograd's algorithm. A {@link dev.tally.kernel.emit.Transform} multiplies vectors by a small
 * constant matrix: Winograd's transforms. A {@link dev.tally.kernel.emit.Transposition} swaps rows and columns of a
 * square of floats: changes of layout.
 *
 * <p>Uses {@code kernel.memory}, the JDK and its vector module.
 */
@NullMarked
package dev.tally.kernel.emit;

import org.jspecify.annotations.NullMarked;
