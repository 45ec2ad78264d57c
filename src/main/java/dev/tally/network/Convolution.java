package dev.tally.network;

import static dev.tally.network.InvalidLayerException.requirePositive;

/**
 * A convolution over one to three spatial axes (ONNX Conv).
 *
 * @param filters the number of output channels, a multiple of {@code groups}
 * @param window kernel, stride, dilation and padding an axis
 * @param groups how many parts the channels are split into, each with its own filters; divides the input's channels
 * @param bias whether a learned number is added to every filter's output
 */
public record Convolution(int filters, Window window, int groups, boolean bias) implements Convolving {
    public Convolution {
        requirePositive("filters", filters);
        requirePositive("groups", groups);
    }

    @Override
    public int filters(int channels) {
        return filters;
    }

    @Override
    public int groups(int channels) {
        return groups;
    }
}
