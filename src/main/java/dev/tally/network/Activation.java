package dev.tally.network;

import java.util.List;

/** A function of each element by itself. */
public record Activation(ActivationFunction function) implements Layer {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        return inputs.getFirst();
    }
}
