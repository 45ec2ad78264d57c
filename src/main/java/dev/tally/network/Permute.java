package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.List;

/**
 * The axes in another order (NumPy transpose).
 *
 * @param order for each axis of the output, the axis of the input that it is, counted from 0 without the batch
 */
public record Permute(List<Integer> order) implements Rearranging {
    public Permute {
        order = List.copyOf(order);
        for (int i = 0; i < order.size(); i++) {
            require(order.contains(i), "order", "each axis of the input once, counted from 0", order);
        }
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        require(
                order.size() == input.rank(),
                "order",
                () -> "one number for each of the " + input.rank() + " axes of " + input,
                order);
        return Shape.of(order.stream().mapToInt(input::size).toArray());
    }
}
