package dev.tally.network;

import java.util.List;

/**
 * Instance normalisation (Ulyanov, Vedaldi and Lempitsky, 2016; ONNX InstanceNormalization): each channel, at all
 * positions, is a set; one γ and β a channel.
 *
 * @param affine whether there are γ and β
 * @param epsilon what is added to the variance before its root; changes values, no count
 */
public record InstanceNorm(boolean affine, double epsilon) implements Normalizing {
    @Override
    public long sets(Shape input, Layout layout) {
        return layout.channels(input);
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        return affineSlots(Shape.of(layout.channels(inputs.getFirst())));
    }
}
