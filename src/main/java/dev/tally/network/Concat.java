package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.List;

/**
 * Tensors laid end to end along one axis; all other axes agree.
 *
 * @param axis the axis, the channels by default
 */
public record Concat(Axis axis) implements Rearranging {
    @Override
    public int maximumInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape first = inputs.getFirst();
        int along = axis.index(first, layout);
        long size = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Shape input = inputs.get(i);
            int number = i + 1;
            require(
                    input.rank() == first.rank(),
                    "from",
                    () -> "inputs of " + first.rank() + " axes like input 1, " + first + "; input " + number,
                    input);
            for (int j = 0; j < first.rank(); j++) {
                require(
                        j == along || input.size(j) == first.size(j),
                        "from",
                        () -> "inputs that agree but along axis " + along + ": input 1 is " + first + ", input "
                                + number,
                        input);
            }
            size += input.size(along);
        }
        require(size <= Integer.MAX_VALUE, "from", () -> "at most 2^31-1 elements along axis " + along, size);
        return first.with(along, (int) size);
    }
}
