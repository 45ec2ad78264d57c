package dev.tally.network;

import java.util.List;

/**
 * {@code exp(x) / Σ exp(x)} along one axis.
 *
 * @param axis the axis, the channels by default
 */
public record Softmax(Axis axis) implements Layer {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        axis.index(inputs.getFirst(), layout);
        return inputs.getFirst();
    }
}
