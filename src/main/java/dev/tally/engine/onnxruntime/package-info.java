/**
 * ONNX Runtime as an engine, on the CPU and, where there is one, on an NVIDIA GPU. Its checked exception, its
 * environment and its native library stay inside this package: the only one that imports {@code ai.onnxruntime}.
 *
 * <p>Uses {@code engine}, {@code onnx}, {@code tensor}, {@code network}.
 */
@NullMarked
package dev.tally.engine.onnxruntime;

import org.jspecify.annotations.NullMarked;
