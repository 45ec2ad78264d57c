package dev.tally.network;

import java.util.List;

/**
 * A layer that brings sets of elements of one sample to mean 0 and variance 1, or to mean square 1, by figures of the
 * sets themselves: what layer, group, instance and RMS normalisation share. Unlike a batch norm at inference it cannot
 * be folded into the layer before it.
 */
public sealed interface Normalizing extends Layer permits GroupNorm, InstanceNorm, LayerNorm, RmsNorm {
    /** {@return into how many sets, each normalised by itself, the elements of one sample are split} */
    long sets(Shape input, Layout layout);

    /** {@return whether there are learned numbers} */
    boolean affine();

    /** {@return whether the mean is taken off first} */
    default boolean centred() {
        return true;
    }

    /** {@return whether each element is multiplied by a learned γ} */
    default boolean scaled() {
        return affine();
    }

    /** {@return whether a learned β is added to each element} */
    default boolean shifted() {
        return affine();
    }

    @Override
    default Shape output(List<Shape> inputs, Layout layout) {
        sets(inputs.getFirst(), layout);
        return inputs.getFirst();
    }

    /** {@return γ and β, as far as there are any} */
    default List<WeightSlot> affineSlots(Shape shape) {
        if (!scaled()) {
            return List.of();
        }
        WeightSlot gamma = WeightSlot.trained("gamma", shape);
        return shifted() ? List.of(gamma, WeightSlot.trained("beta", shape)) : List.of(gamma);
    }
}
