package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

/**
 * A convolution whose filters see one input channel each.
 *
 * @param depthMultiplier how many filters an input channel has, at least 1
 * @param window kernel, stride, dilation and padding an axis
 * @param bias whether a learned number is added to every filter's output
 */
public record DepthwiseConvolution(int depthMultiplier, Window window, boolean bias) implements Convolving {
    public DepthwiseConvolution {
        requirePositive("depthMultiplier", depthMultiplier);
    }

    @Override
    public int filters(int channels) {
        long filters = (long) channels * depthMultiplier;
        require(filters <= Integer.MAX_VALUE, "depthMultiplier", "at most 2^31-1 output channels", filters);
        return (int) filters;
    }

    @Override
    public int groups(int channels) {
        return channels;
    }
}
