package dev.tally.onnx;

import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attending;
import dev.tally.network.BatchNorm;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Convolving;
import dev.tally.network.Crop;
import dev.tally.network.Dense;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.GroupNorm;
import dev.tally.network.Identity;
import dev.tally.network.Input;
import dev.tally.network.InstanceNorm;
import dev.tally.network.Layer;
import dev.tally.network.LayerNorm;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Pad;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.RmsNorm;
import dev.tally.network.Roll;
import dev.tally.network.Slice;
import dev.tally.network.Softmax;
import dev.tally.network.Source;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order a network's inputs are best given: channels first where the first layer to care is one for images,
 * else as they are declared.
 */
final class InputOrders {
    /** What a layer wants of a value. */
    private enum Wish {
        /** The channels before the spatial axes. */
        IMAGE,
        /** The declared order. */
        DECLARED,
        /** Nothing: it works in any order, and hands that on. */
        ANY,
        /** Nothing: what it gives has other axes. */
        NOTHING
    }

    private final Map<Source, Boolean> images = new HashMap<>();

    private InputOrders() {}

    static InputOrders of(Network network) {
        InputOrders orders = new InputOrders();
        // From the last layer to the first, so that the first layer that cares has the last word.
        List<Node> nodes = network.nodes();
        for (Node node : nodes.reversed()) {
            Wish wish = wish(node.layer());
            Boolean handedOn = orders.images.get(node);
            for (Source source : node.from()) {
                if (wish == Wish.IMAGE || wish == Wish.DECLARED) {
                    orders.images.put(source, wish == Wish.IMAGE);
                } else if (wish == Wish.ANY
                        && handedOn != null
                        && source.shape().rank() == node.shape().rank()) {
                    orders.images.put(source, handedOn);
                }
            }
        }
        return orders;
    }

    /** {@return whether an input is given with its channels first} */
    boolean isImage(Input input) {
        return images.getOrDefault(input, false);
    }

    private static Wish wish(Layer layer) {
        return switch (layer) {
            case Convolving _,
                    TransposedConvolution _,
                    Pooling _,
                    AdaptivePooling _,
                    Resampling _,
                    BatchNorm _,
                    GroupNorm _,
                    InstanceNorm _,
                    LocalResponseNorm _,
                    PixelShuffle _,
                    PixelUnshuffle _ -> Wish.IMAGE;
            case Dense _, MatMul _, Attending _, Embedding _, LayerNorm _, RmsNorm _, Flatten _, Reshape _, Permute _ ->
                Wish.DECLARED;
            case Activation _,
                    ParametricRelu _,
                    GatedLinearUnit _,
                    Softmax _,
                    Elementwise _,
                    Concat _,
                    Split _,
                    Slice _,
                    Crop _,
                    Pad _,
                    ChannelShuffle _,
                    Roll _,
                    Dropout _,
                    Identity _ -> Wish.ANY;
            case Reduce _, LearnedTensor _ -> Wish.NOTHING;
        };
    }
}
