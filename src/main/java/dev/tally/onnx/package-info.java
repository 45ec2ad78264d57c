/**
 * Networks as ONNX models. The only package that imports the ONNX protobufs.
 *
 * <p>Uses {@code tensor} and {@code network}.
 */
@NullMarked
package dev.tally.onnx;

import org.jspecify.annotations.NullMarked;
