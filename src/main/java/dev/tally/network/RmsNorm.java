package dev.tally.network;

import java.util.List;

/**
 * Root mean square normalisation (Zhang and Sennrich, 2019; ONNX RMSNormalization): as {@link LayerNorm}, with neither
 * mean nor β.
 *
 * @param first the first of the axes that are normalised together, up to the last axis
 * @param affine whether there is a γ
 * @param epsilon what is added to the mean square before its root; changes values, no count
 */
public record RmsNorm(Axis first, boolean affine, double epsilon) implements Normalizing {
    @Override
    public long sets(Shape input, Layout layout) {
        return input.elementsBefore(first.index(input, layout));
    }

    @Override
    public boolean centred() {
        return false;
    }

    @Override
    public boolean shifted() {
        return false;
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        return affineSlots(inputs.getFirst().from(first.index(inputs.getFirst(), layout)));
    }
}
