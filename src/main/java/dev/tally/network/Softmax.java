package dev.tally.network;

import java.util.List;

/**
 * {@code exp(x) / Σ exp(x)} along one axis, or the logarithm of that.
 *
 * @param axis the axis, the channels by default
 * @param logarithm whether it is {@code x - ln Σ exp(x)}
 */
public record Softmax(Axis axis, boolean logarithm) implements Layer {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        axis.index(inputs.getFirst(), layout);
        return inputs.getFirst();
    }
}
