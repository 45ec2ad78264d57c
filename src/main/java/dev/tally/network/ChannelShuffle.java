package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * The channels dealt out anew, one of each group in turn (Zhang et al., ShuffleNet, 2017; PyTorch ChannelShuffle).
 *
 * @param groups how many groups the channels come in, a divisor of them
 */
public record ChannelShuffle(int groups) implements Rearranging {
    public ChannelShuffle {
        requirePositive("groups", groups);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        int channels = layout.channels(inputs.getFirst());
        require(channels % groups == 0, "groups", () -> "a divisor of the " + channels + " channels", groups);
        return inputs.getFirst();
    }
}
