package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * Channels laid out over space, {@code factor} more along every spatial axis (Shi et al., 2016; ONNX DepthToSpace).
 *
 * @param factor at least 1; to the power of the spatial axes it divides the channels
 */
public record PixelShuffle(int factor) implements Rearranging {
    public PixelShuffle {
        requirePositive("factor", factor);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int channels = layout.channels(input);
        int[] sizes = new int[input.rank() - 1];
        require(sizes.length > 0, "", "an input with spatial axes", input);
        long block = 1;
        for (int i = 0; i < sizes.length; i++) {
            block = Math.min(Integer.MAX_VALUE, block * factor);
            long size = (long) layout.spatial(input, i) * factor;
            require(size <= Integer.MAX_VALUE, "factor", "an output of at most 2^31-1 along an axis", size);
            sizes[i] = (int) size;
        }
        require(
                channels % block == 0,
                "factor",
                () -> "a factor whose power of " + sizes.length + " divides the " + channels + " channels",
                factor);
        return layout.shape((int) (channels / block), sizes);
    }
}
