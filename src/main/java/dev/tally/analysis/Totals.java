package dev.tally.analysis;

import dev.tally.network.Node;

/**
 * What a whole network costs, its batch included.
 *
 * @param operations the sum over the layers
 * @param flops multiplies and additions together
 * @param parameters how many numbers training changes
 * @param weightBytes the bytes of parameters and stored statistics
 * @param activationBytes the bytes of the inputs and of every tensor that a step writes
 * @param peakActivationBytes the most bytes of activations alive at once
 * @param peakStep the layer at which that is reached
 * @param bytesMoved the sum over the layers
 */
public record Totals(
        Operations operations,
        long flops,
        long parameters,
        long weightBytes,
        long activationBytes,
        long peakActivationBytes,
        Node peakStep,
        long bytesMoved) {

    /** {@return flops for a byte moved: high is bound by arithmetic, low by memory} */
    public double intensity() {
        return bytesMoved == 0 ? 0 : (double) flops / bytesMoved;
    }
}
