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
        return window.slide(input, layout, layout.channels(input), ceilMode);
    }

    /** {@return whether ceil mode makes a difference on this input: whether there is a last, partial window} */
    boolean reachesOver(Shape input, Layout layout) {
        return ceilMode
                && !output(List.of(input), layout).equals(window.slide(input, layout, layout.channels(input), false));
    }

    /** {@return whether a window may cover padding on this input} */
    boolean pads(Shape input, Layout layout) {
        for (int i = 0; i < window.rank(); i++) {
            WindowAxis axis = window.axes().get(i);
            int size = layout.spatial(input, i);
            if (axis.before(size) + axis.after(size) > 0) {
                return true;
            }
        }
        return false;
    }
}
