package dev.tally.planning.alternative;

import dev.tally.network.Layout;
import dev.tally.network.Padding;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Windows of layers that take a layer's place. */
final class Windows {
    private Windows() {}

    /** {@return a window of one tap, the same along all axes} */
    static Window pointwise(int rank) {
        return Window.square(new WindowAxis(1, 1, 1, Padding.VALID), rank);
    }

    /** {@return a window of one tap that takes every so manieth element along each axis, from the first} */
    static Window striding(Window strides) {
        return new Window(strides.axes().stream()
                .map(axis -> new WindowAxis(1, axis.stride(), 1, Padding.VALID))
                .toList());
    }

    /** {@return how many positions {@link #striding} leaves of each axis} */
    static List<Integer> strided(Target target) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < target.window().rank(); i++) {
            left.add(Math.ceilDiv(
                    target.inputPositions().get(i),
                    target.window().axes().get(i).stride()));
        }
        return left;
    }

    /**
     * {@return the window as a description can have it: where its axes are not padded by one word, each by its numbers}
     *
     * @param input what it slides over
     * @throws ArithmeticException if padding is over 2^31-1
     */
    static Window writable(List<WindowAxis> axes, Shape input, Layout layout) {
        if (axes.stream().map(WindowAxis::padding).distinct().count() == 1) {
            return new Window(axes);
        }
        List<WindowAxis> written = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            WindowAxis axis = axes.get(i);
            int size = layout.spatial(input, i);
            written.add(new WindowAxis(
                    axis.kernel(),
                    axis.stride(),
                    axis.dilation(),
                    new Padding.Explicit(Math.toIntExact(axis.before(size)), Math.toIntExact(axis.after(size)))));
        }
        return new Window(written);
    }

    /** {@return sizes as people write them: {@code 28×28}} */
    static String text(List<Integer> sizes) {
        return joined(sizes, "×");
    }

    /** {@return sizes as they stand in names: {@code 3x3}} */
    static String name(List<Integer> sizes) {
        return joined(sizes, "x");
    }

    private static String joined(List<Integer> sizes, String between) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(between));
    }
}
