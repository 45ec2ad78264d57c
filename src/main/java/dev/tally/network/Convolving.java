package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.ArrayList;
import java.util.List;

/**
 * A layer that slides filters over its input: what a convolution and a depthwise convolution share. Every output
 * channel sees the input channels of its group; the kernel is {@code (filters, channels / groups, taps…)} (ONNX Conv),
 * one bias a filter.
 */
public sealed interface Convolving extends Layer permits Convolution, DepthwiseConvolution {
    /** {@return kernel, stride, dilation and padding an axis} */
    Window window();

    /** {@return whether a learned number is added to every filter's output} */
    boolean bias();

    /** {@return the number of output channels on this many input channels} */
    int filters(int channels);

    /** {@return the number of groups on this many input channels} */
    int groups(int channels);

    @Override
    default Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        Shape output = window().slide(input, layout, 1, false);
        int channels = layout.channels(input);
        int groups = groups(channels);
        require(channels % groups == 0, "groups", () -> "a divisor of the " + channels + " input channels", groups);
        require(
                filters(channels) % groups == 0,
                "groups",
                () -> "a divisor of the " + filters(channels) + " filters",
                groups);
        return output.with(layout.channelAxis(output.rank()), filters(channels));
    }

    @Override
    default List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int channels = layout.channels(input);
        int filters = filters(channels);
        int[] sizes = new int[2 + window().rank()];
        sizes[0] = filters;
        sizes[1] = channels / groups(channels);
        System.arraycopy(window().kernel(), 0, sizes, 2, window().rank());
        List<WeightSlot> slots = new ArrayList<>(2);
        slots.add(WeightSlot.trained("kernel", Shape.of(sizes)));
        if (bias()) {
            slots.add(WeightSlot.trained("bias", Shape.of(filters)));
        }
        return slots;
    }
}
