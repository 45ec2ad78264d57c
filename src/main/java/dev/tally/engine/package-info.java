/**
 * What runs networks. An {@link dev.tally.engine.Engine} says whether it is available here and whether it can run a
 * network; it prepares one once, weights loaded and packed, as a {@link dev.tally.engine.PreparedNetwork} that runs as
 * often as is asked. One that has several ways to compute convolutions may let a caller choose: an
 * {@link dev.tally.engine.Algorithm}.
 *
 * <p>The port alone is here. Behind it stand {@code engine.reference}, plain loops in double precision by which the
 * others are checked, {@code engine.java}, our own kernels, and {@code engine.onnxruntime}. One layer is run as a
 * network of that layer ({@link dev.tally.network.Subnetworks}). What an engine lacks (a device, a library) is a value
 * with a reason, never a failure to start.
 *
 * <p>Uses {@code tensor} and {@code network}; {@code engine.java} also {@code kernel} and {@code host},
 * {@code engine.onnxruntime} {@code onnx}.
 */
@NullMarked
package dev.tally.engine;

import org.jspecify.annotations.NullMarked;
