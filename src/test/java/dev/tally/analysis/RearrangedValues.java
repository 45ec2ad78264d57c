package dev.tally.analysis;

import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Crop;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.Pad;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Rearranging;
import dev.tally.network.Roll;
import dev.tally.network.Slice;
import dev.tally.network.Split;
import java.util.List;

/**
 * Layers that move elements, in numbers.
 *
 * @param outside what is read beyond the ends of an axis
 */
record RearrangedValues(Layout layout, double outside) {
    Values of(Rearranging layer, Node node, List<Values> inputs) {
        Values input = inputs.getFirst();
        return switch (layer) {
            case Concat concat -> concatenated(concat.axis().index(node.input(), layout), node, inputs);
            case Split split -> {
                int axis = split.axis().index(node.input(), layout);
                int start = split.index() * node.shape().size(axis);
                yield moved(node, input, index -> index[axis] += start);
            }
            case Slice slice -> {
                int axis = slice.axis().index(node.input(), layout);
                int start = Math.floorMod(slice.start(), node.input().size(axis));
                yield moved(node, input, index -> index[axis] = start + index[axis] * slice.step());
            }
            case Crop crop -> shifted(node, input, crop.margins(), 1);
            case Pad pad -> shifted(node, input, pad.padding(), -1);
            case Roll roll -> {
                int axis = roll.axis().index(node.input(), layout);
                int size = node.input().size(axis);
                yield moved(node, input, index -> index[axis] = Math.floorMod(index[axis] - roll.shift(), size));
            }
            case Permute permute ->
                Values.made(node.shape(), out -> {
                    int[] in = new int[out.length];
                    for (int axis = 0; axis < out.length; axis++) {
                        in[permute.order().get(axis)] = out[axis];
                    }
                    return input.at(in);
                });
            case ChannelShuffle shuffle -> {
                int axis = layout.channelAxis(node.shape().rank());
                int ofGroup = node.shape().size(axis) / shuffle.groups();
                yield moved(
                        node,
                        input,
                        index -> index[axis] =
                                index[axis] % shuffle.groups() * ofGroup + index[axis] / shuffle.groups());
            }
            case PixelShuffle shuffle ->
                moved(node, input, index -> {
                    int channel = index[layout.channelAxis(index.length)];
                    for (int i = 0; i < index.length - 1; i++) {
                        int axis = layout.spatialAxis(i);
                        channel = channel * shuffle.factor() + index[axis] % shuffle.factor();
                        index[axis] /= shuffle.factor();
                    }
                    index[layout.channelAxis(index.length)] = channel;
                });
            case PixelUnshuffle shuffle ->
                moved(node, input, index -> {
                    int channel = index[layout.channelAxis(index.length)];
                    for (int i = index.length - 2; i >= 0; i--) {
                        int axis = layout.spatialAxis(i);
                        index[axis] = index[axis] * shuffle.factor() + channel % shuffle.factor();
                        channel /= shuffle.factor();
                    }
                    index[layout.channelAxis(index.length)] = channel;
                });
        };
    }

    /** Turns an index into the output to one into the input. */
    private interface Move {
        void turn(int[] index);
    }

    private Values moved(Node node, Values input, Move move) {
        return Values.made(node.shape(), out -> {
            int[] in = out.clone();
            move.turn(in);
            return input.at(in, outside);
        });
    }

    private Values shifted(Node node, Values input, List<Explicit> margins, int sign) {
        int axes = node.shape().rank() - 1;
        return moved(node, input, index -> {
            for (int i = 0; i < axes; i++) {
                index[layout.spatialAxis(i)] +=
                        sign * Explicit.of(margins, i, axes).before();
            }
        });
    }

    private static Values concatenated(int axis, Node node, List<Values> inputs) {
        return Values.made(node.shape(), out -> {
            int[] in = out.clone();
            for (Values input : inputs) {
                if (in[axis] < input.shape().size(axis)) {
                    return input.at(in);
                }
                in[axis] -= input.shape().size(axis);
            }
            throw new IllegalStateException("beyond the last part");
        });
    }
}
