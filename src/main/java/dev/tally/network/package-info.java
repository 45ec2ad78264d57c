/**
 * What a network is. A {@link dev.tally.network.Network} that exists is valid and shaped: every layer's inputs are
 * known, its output shape is inferred, its names are unique and its graph has no cycle.
 *
 * <p>Start at {@link dev.tally.network.Layer}, the closed set of things a network is made of; each record owns its
 * validation, its output shape and its weights. {@link dev.tally.network.NetworkBuilder} checks a graph of them and
 * gives the {@code Network}. {@link dev.tally.network.Window} is the arithmetic that convolutions and pools share,
 * {@link dev.tally.network.Liveness} says which tensors occupy memory and when, {@link dev.tally.network.LayerKey}
 * names a layer's work canonically, and {@link dev.tally.network.LayerWork} is that work, which many networks may
 * share.
 *
 * <p>Uses the JDK alone.
 */
@NullMarked
package dev.tally.network;

import org.jspecify.annotations.NullMarked;
