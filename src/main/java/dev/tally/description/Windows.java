package dev.tally.description;

import static dev.tally.description.Attributes.DILATION;
import static dev.tally.description.Attributes.KERNEL;
import static dev.tally.description.Attributes.PADDING;

import dev.tally.network.InvalidLayerException;
import dev.tally.network.Padding;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A window ⇄ its attributes. */
final class Windows {
    private Windows() {}

    /** {@return the window over this many spatial axes}; without a stride, neighbouring windows touch. */
    static Window read(AttributeValues values, int rank, Attribute<List<Integer>> stride) {
        List<Integer> kernels = values.get(KERNEL);
        List<Integer> strides = values.find(stride);
        List<Integer> dilations = values.get(DILATION);
        List<Padding> paddings = values.get(PADDING);
        List<WindowAxis> axes = new ArrayList<>(rank);
        for (int i = 0; i < rank; i++) {
            int kernel = pick(KERNEL, kernels, i, rank);
            axes.add(new WindowAxis(
                    kernel,
                    strides == null ? kernel : pick(stride, strides, i, rank),
                    pick(DILATION, dilations, i, rank),
                    pick(PADDING, paddings, i, rank)));
        }
        return new Window(axes);
    }

    static void write(Window window, AttributeValues values, Attribute<List<Integer>> stride) {
        values.put(KERNEL, gather(window, WindowAxis::kernel));
        values.put(stride, gather(window, WindowAxis::stride));
        values.put(DILATION, gather(window, WindowAxis::dilation));
        values.put(PADDING, gather(window, WindowAxis::padding));
    }

    /** {@return one value for all axes, where they agree, or one an axis} */
    private static <T> List<T> gather(Window window, Function<WindowAxis, T> value) {
        return gather(window.axes().stream().map(value).toList());
    }

    /** {@return the one value, where all axes agree, or one an axis} */
    static <T> List<T> gather(List<T> values) {
        return values.stream().distinct().count() == 1 ? List.of(values.getFirst()) : values;
    }

    /** {@return one value a spatial axis, where one or that many were given} */
    static <T> List<T> spread(Attribute<List<T>> attribute, List<T> given, int rank) {
        List<T> spread = new ArrayList<>(rank);
        for (int i = 0; i < rank; i++) {
            spread.add(pick(attribute, given, i, rank));
        }
        return spread;
    }

    /** {@return what this many spatial axes are called together, for people} */
    static String axes(int rank) {
        return rank == 1 ? "one spatial axis" : rank == 2 ? "height and width" : "depth, height and width";
    }

    private static <T> T pick(Attribute<?> attribute, List<T> given, int axis, int rank) {
        if (given.size() != 1 && given.size() != rank) {
            boolean sides = attribute.equals(PADDING) && given.size() == 2 * rank;
            String help = sides ? "; the sides of an axis are written as a pair: [[before, after], …]" : "";
            throw new InvalidLayerException(
                    attribute.name(),
                    "expected one value or " + rank + ", one per spatial axis, got " + given.size() + help);
        }
        return given.size() == 1 ? given.getFirst() : given.get(axis);
    }
}
