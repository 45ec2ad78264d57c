package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.Arrays;
import java.util.List;

/**
 * A pool whose windows are chosen so that the output has a given size (PyTorch's AdaptiveAvgPool): window {@code i} of
 * an axis reaches from {@code floor(i · in / out)} up to {@code ceil((i + 1) · in / out)}. With the empty list of sizes
 * it is global: one window an axis.
 *
 * @param reduction what is made of a window's elements
 * @param outputSize one size a spatial axis, outermost first; empty for a global pool
 * @param keepDimensions whether a global pool keeps its spatial axes with size 1, or drops them
 */
public record AdaptivePooling(Reduction reduction, List<Integer> outputSize, boolean keepDimensions) implements Layer {
    public AdaptivePooling {
        outputSize = List.copyOf(outputSize);
        outputSize.forEach(size -> InvalidLayerException.requirePositive("outputSize", size));
    }

    /** {@return the pool over all positions} */
    public static AdaptivePooling global(Reduction reduction, boolean keepDimensions) {
        return new AdaptivePooling(reduction, List.of(), keepDimensions);
    }

    /** {@return whether every spatial axis becomes one window} */
    public boolean global() {
        return outputSize.isEmpty();
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int spatial = input.rank() - 1;
        int channels = layout.channels(input);
        require(spatial >= 1, "", "an input with spatial axes", input);
        if (global()) {
            return keepDimensions ? layout.shape(channels, ones(spatial)) : Shape.of(channels);
        }
        require(
                spatial == outputSize.size(),
                "outputSize",
                () -> "an input of " + (outputSize.size() + 1) + " axes",
                input);
        return layout.shape(
                channels, outputSize.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * {@return how many elements all windows of one channel read}, an element counted once for each window that it is
     * in.
     *
     * <p>Along an axis, {@code in + out - gcd(in, out)}: neighbouring windows overlap by one element wherever {@code i
     * · in} is no multiple of {@code out}.
     *
     * @throws ArithmeticException if the number is over 2^63-1
     */
    public long elementsRead(Shape input, Layout layout) {
        long elements = 1;
        for (int i = 0; i < input.rank() - 1; i++) {
            int in = layout.spatial(input, i);
            int out = global() ? 1 : outputSize.get(i);
            elements = Math.multiplyExact(elements, (long) in + out - GreatestCommonDivisor.of(in, out));
        }
        return elements;
    }

    private static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
