package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * The input made larger by whole factors along the spatial axes (PyTorch Upsample, Keras UpSampling2D).
 *
 * @param scale one factor for every spatial axis or one for all of them
 */
public record Upsample(List<Integer> scale, Interpolation interpolation) implements Resampling {
    public Upsample {
        scale = List.copyOf(scale);
        scale.forEach(factor -> requirePositive("scale", factor));
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int[] sizes = new int[input.rank() - 1];
        require(
                sizes.length > 0 && (scale.size() == 1 || scale.size() == sizes.length),
                "scale",
                () -> "an input of " + (scale.size() == 1 ? "at least 2" : scale.size() + 1) + " axes",
                input);
        for (int i = 0; i < sizes.length; i++) {
            long size = (long) layout.spatial(input, i) * (scale.size() == 1 ? scale.getFirst() : scale.get(i));
            require(size <= Integer.MAX_VALUE, "scale", "an output of at most 2^31-1 along an axis", size);
            sizes[i] = (int) size;
        }
        return layout.shape(layout.channels(input), sizes);
    }
}
