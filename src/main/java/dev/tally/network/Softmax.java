package dev.tally.network;

import java.util.List;

/**
 * {@code exp(x) / Σ exp(x)} along one axis.
 *
 * @param axis the axis, counted without the batch, from the end where negative
 */
public record Softmax(Axis axis) implements Layer {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        axis.index(inputs.getFirst(), layout);
        return inputs.getFirst();
    }
}
