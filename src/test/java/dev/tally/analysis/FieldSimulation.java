package dev.tally.analysis;

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
import dev.tally.network.Identity;
import dev.tally.network.Input;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Normalizing;
import dev.tally.network.Pad;
import dev.tally.network.Padding;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.Roll;
import dev.tally.network.Slice;
import dev.tally.network.Softmax;
import dev.tally.network.Source;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which elements of the inputs move an element of a layer: a set for every position of every layer, carried through the
 * graph tap by tap. For networks over one spatial axis, whose positions are its elements.
 */
final class FieldSimulation {
    /**
     * What moves one element.
     *
     * @param byInput the places in each input, by its id
     * @param whole whether nothing on the way to it was padding
     */
    private record Moved(Map<Integer, BitSet> byInput, boolean whole) {
        static Moved byItself(int input, int place) {
            BitSet places = new BitSet();
            places.set(place);
            return new Moved(Map.of(input, places), true);
        }

        static Moved together(List<Moved> parts, boolean whole) {
            Map<Integer, BitSet> union = new HashMap<>();
            for (Moved part : parts) {
                part.byInput.forEach((input, places) ->
                        union.computeIfAbsent(input, _ -> new BitSet()).or(places));
            }
            return new Moved(union, whole && parts.stream().allMatch(Moved::whole));
        }
    }

    private final Map<Source, List<Moved>> elements = new HashMap<>();

    FieldSimulation(Network network) {
        for (Input input : network.inputs()) {
            List<Moved> own = new ArrayList<>();
            for (int place = 0; place < input.shape().size(0); place++) {
                own.add(Moved.byItself(input.id(), place));
            }
            elements.put(input, own);
        }
        for (Node node : network.nodes()) {
            elements.put(node, run(node));
        }
    }

    /**
     * {@return how far apart the first and the last place of each input are that move an element whose whole field lies
     * inside the inputs, both counted; empty where the layer has no such element}
     */
    Optional<Map<Integer, Long>> extents(Node node) {
        return elements(node).stream().filter(Moved::whole).findFirst().map(moved -> {
            Map<Integer, Long> extents = new HashMap<>();
            moved.byInput.forEach((input, places) -> extents.put(input, (long) places.length() - places.nextSetBit(0)));
            return extents;
        });
    }

    private List<Moved> run(Node node) {
        return switch (node.layer()) {
            case Convolving convolution ->
                slide(node, convolution.window().axes().getFirst());
            case Pooling pooling -> slide(node, pooling.window().axes().getFirst());
            case Activation _,
                    ParametricRelu _,
                    BatchNorm _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    Elementwise _,
                    Concat _,
                    Dropout _,
                    Identity _ -> elementByElement(node);
            case TransposedConvolution _,
                    AdaptivePooling _,
                    Dense _,
                    MatMul _,
                    Attending _,
                    Normalizing _,
                    GatedLinearUnit _,
                    Softmax _,
                    Reduce _,
                    Resampling _,
                    Embedding _,
                    LearnedTensor _,
                    Split _,
                    Slice _,
                    Crop _,
                    Pad _,
                    Reshape _,
                    Permute _,
                    PixelShuffle _,
                    PixelUnshuffle _,
                    Roll _,
                    Flatten _ -> throw new IllegalArgumentException("not simulated: " + node);
        };
    }

    private List<Moved> slide(Node node, WindowAxis window) {
        List<Moved> below = elements(node.from().getFirst());
        int before = ((Padding.Explicit) window.padding()).before();
        List<Moved> outputs = new ArrayList<>();
        for (int position = 0; position < node.shape().size(0); position++) {
            List<Moved> read = new ArrayList<>();
            boolean inBounds = true;
            for (int tap = 0; tap < window.kernel(); tap++) {
                int place = position * window.stride() + tap * window.dilation() - before;
                if (place < 0 || place >= below.size()) {
                    inBounds = false;
                } else {
                    read.add(below.get(place));
                }
            }
            outputs.add(Moved.together(read, inBounds));
        }
        return outputs;
    }

    private List<Moved> elementByElement(Node node) {
        List<Moved> outputs = new ArrayList<>();
        for (int i = 0; i < node.shape().size(0); i++) {
            int place = i;
            outputs.add(Moved.together(
                    node.from().stream()
                            .map(source -> elements(source).get(place))
                            .toList(),
                    true));
        }
        return outputs;
    }

    private List<Moved> elements(Source source) {
        return elements.getOrDefault(source, List.of());
    }
}
