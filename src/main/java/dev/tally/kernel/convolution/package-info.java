/**
 * Convolutions: an ordered list of algorithms ({@link dev.tally.kernel.convolution.Convolutions}), each of which says
 * which {@link dev.tally.kernel.convolution.Geometry geometries} it supports, which of them it leaves to others, and
 * makes a {@link dev.tally.kernel.convolution.ConvolutionPlan plan} of one: weights packed, kernels emitted, addresses
 * within buffers whose sizes are checked once.
 *
 * <p>Inputs and outputs are planes, {@code NCDHW}, which an algorithm may lay out otherwise inside; or, between the
 * layers of a network, blocks of channels, for the algorithms that {@code computesBlocks}. Channels that fill no vector
 * are filled up with zeros. Sizes are named by oneDNN's letters.
 *
 * <p>Uses {@code kernel.image}, {@code kernel.emit}, {@code kernel.memory}, {@code kernel.parallel} and the JDK.
 */
@NullMarked
package dev.tally.kernel.convolution;

import org.jspecify.annotations.NullMarked;
