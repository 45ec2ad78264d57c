package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * The input brought to a given size along the spatial axes (ONNX Resize, half-pixel coordinates).
 *
 * @param outputSize one size for every spatial axis or one for all of them
 */
public record Resize(List<Integer> outputSize, Interpolation interpolation) implements Resampling {
    public Resize {
        outputSize = List.copyOf(outputSize);
        outputSize.forEach(size -> requirePositive("outputSize", size));
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int[] sizes = new int[input.rank() - 1];
        require(
                sizes.length > 0 && (outputSize.size() == 1 || outputSize.size() == sizes.length),
                "outputSize",
                () -> "an input of " + (outputSize.size() == 1 ? "at least 2" : outputSize.size() + 1) + " axes",
                input);
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = outputSize.size() == 1 ? outputSize.getFirst() : outputSize.get(i);
        }
        return layout.shape(layout.channels(input), sizes);
    }
}
