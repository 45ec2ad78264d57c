/**
 * The layers that are no convolutions: an {@link dev.tally.kernel.operator.Operator} each, made ready with the buffers
 * that it reads and writes. Tensors lie as {@code NCHW}, in one, two and three spatial axes; those that end up between
 * convolutions have a twin for blocks of channels, {@code Blocked…}, on emitted kernels.
 *
 * <p>The others are plain loops over arrays. The compiler makes vectors of such loops by itself, but not of loops over
 * native memory, where it cannot tell whether two tensors overlap. So numbers are copied into an array that stays in
 * the nearest cache, a few thousand at a time, and back.
 *
 * <p>Products of two tensors and attention are on emitted kernels, as convolutions are: by the compiler's own vectors,
 * in loops over rows of 256, they reached a tenth of the machine's peak.
 *
 * <p>Uses {@code kernel.image}, {@code kernel.emit}, {@code kernel.memory}, {@code kernel.parallel} and the JDK.
 */
@NullMarked
package dev.tally.kernel.operator;

import org.jspecify.annotations.NullMarked;
