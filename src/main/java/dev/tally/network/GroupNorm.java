package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * Group normalisation (Wu and He, 2018; ONNX GroupNormalization): the channels of a group, at all positions, are a set;
 * one γ and β a channel.
 *
 * @param groups how many groups the channels are split into, a divisor of them
 * @param affine whether there are γ and β
 * @param epsilon what is added to the variance before its root; changes values, no count
 */
public record GroupNorm(int groups, boolean affine, double epsilon) implements Normalizing {
    public GroupNorm {
        requirePositive("groups", groups);
    }

    @Override
    public long sets(Shape input, Layout layout) {
        int channels = layout.channels(input);
        require(channels % groups == 0, "groups", () -> "a divisor of the " + channels + " channels", groups);
        return groups;
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        return affineSlots(Shape.of(layout.channels(inputs.getFirst())));
    }
}
