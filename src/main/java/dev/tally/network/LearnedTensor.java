package dev.tally.network;

import java.util.List;

/**
 * A tensor that training changes and every sample shares: a class token, positions, a scale of each channel. It takes
 * no input and, stored with the weights, no memory as an activation.
 */
public record LearnedTensor(Shape shape) implements Layer {
    @Override
    public int minimumInputs() {
        return 0;
    }

    @Override
    public int maximumInputs() {
        return 0;
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        return shape;
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        return List.of(WeightSlot.trained("tensor", shape));
    }
}
