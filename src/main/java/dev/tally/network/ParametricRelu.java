package dev.tally.network;

import java.util.List;

/**
 * {@code x} where positive, else {@code a · x} with a learned a (He et al., Delving Deep into Rectifiers, 2015).
 *
 * @param perChannel whether each channel has an a of its own, or all share one
 */
public record ParametricRelu(boolean perChannel) implements Layer {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        return inputs.getFirst();
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        return List.of(WeightSlot.trained("slope", Shape.of(perChannel ? layout.channels(inputs.getFirst()) : 1)));
    }
}
