package dev.tally.analysis;

import static java.lang.Math.addExact;

import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.WeightSlot;

/**
 * What a layer costs wherever it stands.
 *
 * @param operations for one sample
 * @param parameters how many numbers training changes in it
 * @param stored how many it stores, those among them
 */
record LayerCounts(Operations operations, long parameters, long stored) {
    /**
     * {@return the counts of a layer}
     *
     * @throws ArithmeticException if one is over 2^63-1
     */
    static LayerCounts of(Node node, Layout layout) {
        Operations operations = LayerOperations.of(node, layout);
        long parameters = 0;
        long stored = 0;
        for (WeightSlot slot : node.weights()) {
            long elements = slot.shape().elements();
            stored = addExact(stored, elements);
            parameters += slot.trained() ? elements : 0;
        }
        return new LayerCounts(operations, parameters, stored);
    }
}
