package dev.tally.network;

import java.util.List;

/**
 * Batch normalisation at inference: each channel scaled and shifted by what training left, {@code y = x · a + b} with a
 * and b folded from γ, β and the running mean and variance (Ioffe and Szegedy, 2015).
 *
 * @param epsilon what is added to the variance before its root; changes values, no count
 */
public record BatchNorm(double epsilon) implements Layer {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        return inputs.getFirst();
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        Shape channels = Shape.of(layout.channels(input));
        return List.of(
                WeightSlot.trained("gamma", channels),
                WeightSlot.trained("beta", channels),
                WeightSlot.stored("mean", channels),
                WeightSlot.stored("variance", channels));
    }
}
