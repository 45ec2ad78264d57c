/**
 * Numbers: float32 tensors in native memory, and where the values of weights and inputs come from.
 *
 * <p>A {@link dev.tally.tensor.Tensor} belongs to the arena that it was allocated in and is gone with it.
 * {@link dev.tally.tensor.Weights} says what a network's layers store; {@link dev.tally.tensor.SeededWeights} makes it
 * up, each value a pure function of seed, layer, slot and index, so that no two runs, machines or engines differ and
 * nothing has to be held. {@link dev.tally.tensor.SeededInputs} does the same for what a network is given.
 *
 * <p>Uses the {@code network} and the JDK.
 */
@NullMarked
package dev.tally.tensor;

import org.jspecify.annotations.NullMarked;
