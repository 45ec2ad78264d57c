/**
 * Micro-kernels written as classes while the service runs ({@link java.lang.classfile}): loops whose accumulators are
 * locals, which the compiler keeps in registers, for whatever tile, distance and width of vectors a layer asks for.
 * From source, each would be hundreds of unrolled lines; emitted, they are as fast.
 *
 * <p>A {@link dev.tally.kernel.emit.Tile} sums products into vectors of channels, by a table of offsets: direct
 * convolutions and the products of Winograd's algorithm; a {@link dev.tally.kernel.emit.PlaneTile} into vectors of
 * pixels: products of matrices. A {@link dev.tally.kernel.emit.Stencil} slides filters of one channel each, a
 * {@link dev.tally.kernel.emit.Fold} windows of pools. A {@link dev.tally.kernel.emit.Transform} multiplies vectors by
 * a small constant matrix: Winograd's transforms. A {@link dev.tally.kernel.emit.Transposition} and a
 * {@link dev.tally.kernel.emit.Copy} change layouts.
 *
 * <p>{@link dev.tally.kernel.emit.Kernels} keeps them, has them compiled before they are needed, and emits anew those
 * that the compiler did badly. Of each kind there are four files: what it is, its emitter, and its lines in
 * {@code Kernels} and {@code Trial}.
 *
 * <p>Uses {@code kernel.memory}, the JDK and its vector module.
 */
@NullMarked
package dev.tally.kernel.emit;

import org.jspecify.annotations.NullMarked;
