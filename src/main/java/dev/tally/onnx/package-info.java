/**
 * Networks as ONNX models. The only package that imports the ONNX protobufs.
 *
 * <p>An {@link dev.tally.onnx.OnnxModel} is what others see: the graph's inputs, outputs and weights, and the bytes.
 * {@code ModelDraft} goes through a network's layers; {@code LayerNodes} sends each to its family, such as
 * {@code ConvolutionNodes}, which adds nodes to the {@code GraphDraft}; {@code ModelWriter} makes bytes of it.
 *
 * <p>ONNX wants images channels first, a network may have them last. An {@code Operand} is a value of the graph and the
 * order in which its axes stand there; a layer that works in any order leaves it as it is, one that needs the declared
 * order, or the channels first, has it brought to that. So a network of convolutions, channels last, has no
 * transposition in its graph.
 *
 * <p>Uses {@code tensor} and {@code network}.
 */
@NullMarked
package dev.tally.onnx;

import org.jspecify.annotations.NullMarked;
