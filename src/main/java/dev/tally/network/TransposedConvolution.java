package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.ArrayList;
import java.util.List;

/**
 * A transposed convolution over one to three spatial axes (ONNX ConvTranspose): every input element is multiplied by
 * every tap of the filters of its group and added to the places that the taps reach, {@code stride} apart for
 * neighbouring elements. The window's padding is what is cut off the result.
 *
 * <p>The kernel is {@code (channels, filters / groups, taps…)}, one bias a filter.
 *
 * @param filters the number of output channels, a multiple of {@code groups}
 * @param window kernel, stride, dilation and padding an axis
 * @param outputPadding one number a spatial axis, added to the end of the output; below stride or dilation
 * @param groups how many parts the channels are split into, each with its own filters; divides the input's channels
 * @param bias whether a learned number is added to every filter's output
 */
public record TransposedConvolution(int filters, Window window, List<Integer> outputPadding, int groups, boolean bias)
        implements Layer {
    public TransposedConvolution {
        requirePositive("filters", filters);
        requirePositive("groups", groups);
        outputPadding = List.copyOf(outputPadding);
        require(outputPadding.size() == window.rank(), "outputPadding", "one number per spatial axis", outputPadding);
        for (int i = 0; i < window.rank(); i++) {
            WindowAxis axis = window.axes().get(i);
            int extra = outputPadding.get(i);
            require(extra >= 0, "outputPadding", "an integer of at least 0", extra);
            require(
                    extra == 0 || axis.padding() instanceof Padding.Explicit,
                    "outputPadding",
                    "0 beside \"same\" padding, which fixes the output's size",
                    extra);
            require(
                    extra < Math.max(axis.stride(), axis.dilation()),
                    "outputPadding",
                    () -> "less than the stride of " + axis.stride() + " or the dilation of " + axis.dilation(),
                    extra);
        }
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int channels = layout.channels(input);
        Shape output = window.spread(input, layout, filters, outputPadding);
        require(channels % groups == 0, "groups", () -> "a divisor of the " + channels + " input channels", groups);
        require(filters % groups == 0, "groups", () -> "a divisor of the " + filters + " filters", groups);
        return output;
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        int[] sizes = new int[2 + window.rank()];
        sizes[0] = layout.channels(inputs.getFirst());
        sizes[1] = filters / groups;
        System.arraycopy(window.kernel(), 0, sizes, 2, window.rank());
        List<WeightSlot> slots = new ArrayList<>(2);
        slots.add(WeightSlot.trained("kernel", Shape.of(sizes)));
        if (bias) {
            slots.add(WeightSlot.trained("bias", Shape.of(filters)));
        }
        return slots;
    }
}
