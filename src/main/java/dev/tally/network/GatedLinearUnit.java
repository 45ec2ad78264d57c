package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.List;

/**
 * The first half of an axis times the sigmoid of the second half (Dauphin et al., 2017; PyTorch GLU).
 *
 * @param axis the axis, of even size; the channels by default
 */
public record GatedLinearUnit(Axis axis) implements Layer {
    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int along = axis.index(input, layout);
        require(
                input.size(along) % 2 == 0,
                "axis",
                () -> "an even size along axis " + along + " of " + input,
                input.size(along));
        return input.with(along, input.size(along) / 2);
    }
}
