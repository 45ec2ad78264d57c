package dev.tally.tensor;

import dev.tally.network.Node;
import dev.tally.network.WeightSlot;

/** The values of what a network's layers store. */
public interface Weights {
    /**
     * {@return the values of one of a layer's slots, by their row-major index in the slot's shape}
     *
     * @param node a layer; layers of one name have the same values, in whichever network they stand
     * @param slot one of its {@link Node#weights()}
     */
    FloatValues of(Node node, WeightSlot slot);
}
