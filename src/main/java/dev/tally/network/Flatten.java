package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.List;

/** All axes made one. A view: nothing is copied. */
public record Flatten() implements Layer {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        long elements = inputs.getFirst().elements();
        require(elements <= Integer.MAX_VALUE, "", "at most 2^31-1 elements to flatten", elements);
        return Shape.of((int) elements);
    }
}
