package dev.tally.network;

import java.util.List;

/**
 * Layer normalisation (Ba, Kiros and Hinton, 2016; ONNX LayerNormalization): all elements along the last axes, from one
 * on, are a set; γ and β have the shape of a set.
 *
 * @param first the first of the axes that are normalised together, up to the last axis
 * @param affine whether there is a γ
 * @param bias whether there is a β beside the γ
 * @param epsilon what is added to the variance before its root; changes values, no count
 */
public record LayerNorm(Axis first, boolean affine, boolean bias, double epsilon) implements Normalizing {
    @Override
    public long sets(Shape input, Layout layout) {
        return input.elementsBefore(first.index(input, layout));
    }

    @Override
    public boolean shifted() {
        return affine && bias;
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        return affineSlots(inputs.getFirst().from(first.index(inputs.getFirst(), layout)));
    }
}
