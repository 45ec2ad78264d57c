package dev.tally.network;

import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * A fully connected layer on the last axis of its input, applied at each position of the other axes (Keras Dense,
 * PyTorch Linear).
 *
 * @param units the size of the output's last axis
 * @param bias whether a learned number is added to every unit
 */
public record Dense(int units, boolean bias) implements Layer {
    public Dense {
        requirePositive("units", units);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        return input.with(input.rank() - 1, units);
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        WeightSlot kernel = WeightSlot.trained("kernel", Shape.of(units, input.size(input.rank() - 1)));
        return bias ? List.of(kernel, WeightSlot.trained("bias", Shape.of(units))) : List.of(kernel);
    }
}
