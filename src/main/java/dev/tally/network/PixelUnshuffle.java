package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * Space folded into channels, {@code factor} less along every spatial axis (PyTorch PixelUnshuffle, ONNX SpaceToDepth).
 *
 * @param factor at least 1; divides the size of every spatial axis
 */
public record PixelUnshuffle(int factor) implements Rearranging {
    public PixelUnshuffle {
        requirePositive("factor", factor);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        long channels = layout.channels(input);
        int[] sizes = new int[input.rank() - 1];
        require(sizes.length > 0, "", "an input with spatial axes", input);
        for (int i = 0; i < sizes.length; i++) {
            int size = layout.spatial(input, i);
            require(size % factor == 0, "factor", () -> "a divisor of the spatial sizes of " + input, factor);
            sizes[i] = size / factor;
            channels = Math.min(1L << 31, channels * factor);
        }
        require(channels <= Integer.MAX_VALUE, "factor", "at most 2^31-1 output channels", factor);
        return layout.shape((int) channels, sizes);
    }
}
