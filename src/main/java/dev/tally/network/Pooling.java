package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import dev.tally.network.Padding.Explicit;
import java.util.List;

/**
 * A pool over a sliding window, each channel by itself.
 *
 * @param reduction what is made of a window's elements
 * @param window kernel, stride, dilation and padding an axis; explicit padding is narrower than the window
 * @param ceilMode whether a last, partial window counts (see {@link WindowAxis#outputSize})
 * @param countIncludePad whether an average divides by the window's full size where it covers padding (PyTorch's
 *     default) or by the elements it read (ONNX's); changes values, no count
 */
public record Pooling(Reduction reduction, Window window, boolean ceilMode, boolean countIncludePad) implements Layer {
    public Pooling {
        for (WindowAxis axis : window.axes()) {
            if (axis.padding() instanceof Explicit(int before, int after)) {
                require(
                        Math.max(before, after) < axis.extent(),
                        "padding",
                        () -> "less than the window of " + axis.extent(),
                        Math.max(before, after));
            }
        }
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        return window.slide(input, layout, input.size(layout.channelAxis(input.rank())), ceilMode);
    }
}
