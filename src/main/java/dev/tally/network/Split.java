package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * One of the equal parts that an axis is cut into (PyTorch chunk, ONNX Split).
 *
 * @param axis the axis, the channels by default
 * @param parts how many parts there are, a divisor of the axis' size
 * @param index which of them this is, from 0
 */
public record Split(Axis axis, int parts, int index) implements Rearranging {
    public Split {
        requirePositive("parts", parts);
        require(index >= 0 && index < parts, "index", () -> "an integer from 0 to " + (parts - 1), index);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int along = axis.index(input, layout);
        require(
                input.size(along) % parts == 0,
                "parts",
                () -> "a divisor of the " + input.size(along) + " elements along axis " + along + " of " + input,
                parts);
        return input.with(along, input.size(along) / parts);
    }
}
