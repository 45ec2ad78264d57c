package dev.tally.network;

import java.util.Collections;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * A window that slides over the spatial axes of a tensor: the geometry that convolutions and pools share.
 *
 * @param axes one entry a spatial axis, outermost first; one to three
 */
public record Window(List<WindowAxis> axes) {
    private static final List<List<String>> AXIS_NAMES =
            List.of(List.of("length"), List.of("height", "width"), List.of("depth", "height", "width"));

    public Window {
        axes = List.copyOf(axes);
        InvalidLayerException.require(
                !axes.isEmpty() && axes.size() <= 3, "kernel", "1 to 3 spatial axes", axes.size());
    }

    /** {@return the window that is the same along so many axes} */
    public static Window square(WindowAxis axis, int rank) {
        return new Window(
                switch (rank) {
                    case 1 -> List.of(axis);
                    case 2 -> List.of(axis, axis);
                    default -> Collections.nCopies(rank, axis);
                });
    }

    /** {@return the number of spatial axes} */
    public int rank() {
        return axes.size();
    }

    /**
     * {@return the number of taps: the product of the kernel's sizes}
     *
     * @throws ArithmeticException if it is over 2^63-1
     */
    public long taps() {
        long taps = 1;
        for (WindowAxis axis : axes) {
            taps = Math.multiplyExact(taps, axis.kernel());
        }
        return taps;
    }

    /** {@return the kernel's sizes, outermost first} */
    public int[] kernel() {
        int[] kernel = new int[rank()];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = axes.get(i).kernel();
        }
        return kernel;
    }

    /**
     * {@return the shape of the positions that the window takes, with these channels}
     *
     * @param ceil whether a last, partial position counts (pools' ceil mode)
     * @throws InvalidLayerException if the input has other axes than the window, or an axis is too small for it
     */
    Shape slide(Shape input, Layout layout, int channels, boolean ceil) {
        return eachAxis(input, layout, channels, (i, size) -> axes.get(i).outputSize(size, ceil));
    }

    /**
     * {@return the shape of the places that the window, transposed, reaches, with these channels}
     *
     * @param outputPadding what is added to the output, an axis each
     * @throws InvalidLayerException if the input has other axes than the window, or nothing is left of an axis
     */
    Shape spread(Shape input, Layout layout, int channels, List<Integer> outputPadding) {
        return eachAxis(input, layout, channels, (i, size) -> axes.get(i).spreadSize(size, outputPadding.get(i)));
    }

    private Shape eachAxis(Shape input, Layout layout, int channels, IntBinaryOperator outputSize) {
        if (input.rank() != rank() + 1) {
            throw new InvalidLayerException(
                    "",
                    "expected an input of " + (rank() + 1) + " axes (" + String.join(", ", axisNames())
                            + " and channels), got " + input);
        }
        int[] output = new int[rank()];
        for (int i = 0; i < output.length; i++) {
            try {
                output[i] = outputSize.applyAsInt(i, layout.spatial(input, i));
            } catch (InvalidLayerException e) {
                throw new InvalidLayerException(e.attribute(), axisNames().get(i) + " axis: " + e.getMessage());
            }
        }
        return layout.shape(channels, output);
    }

    /**
     * {@return how many pairs of output position and tap read the input and not its padding, over all axes}
     *
     * @throws ArithmeticException if the number is over 2^63-1
     */
    public long tapsInBounds(Shape input, Shape output, Layout layout) {
        long pairs = 1;
        for (int i = 0; i < rank(); i++) {
            int axis = layout.spatialAxis(i);
            pairs = Math.multiplyExact(pairs, axes.get(i).tapsInBounds(input.size(axis), output.size(axis)));
        }
        return pairs;
    }

    /**
     * {@return how many pairs of input position and tap of the transposed window land in the output, over all axes}
     *
     * @throws ArithmeticException if the number is over 2^63-1
     */
    public long spreadsInBounds(Shape input, Shape output, Layout layout) {
        long pairs = 1;
        for (int i = 0; i < rank(); i++) {
            int axis = layout.spatialAxis(i);
            pairs = Math.multiplyExact(pairs, axes.get(i).spreadsInBounds(input.size(axis), output.size(axis)));
        }
        return pairs;
    }

    /**
     * {@return how many places the transposed window reaches, over all axes, before anything is cut off}
     *
     * @throws ArithmeticException if the number is over 2^63-1
     */
    public long placesReached(Shape input, Layout layout) {
        long places = 1;
        for (int i = 0; i < rank(); i++) {
            places = Math.multiplyExact(places, axes.get(i).placesReached(layout.spatial(input, i)));
        }
        return places;
    }

    /** {@return the names of this window's axes, outermost first} */
    public List<String> axisNames() {
        return AXIS_NAMES.get(rank() - 1);
    }
}
