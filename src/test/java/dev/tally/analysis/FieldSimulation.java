package dev.tally.analysis;

import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attending;
import dev.tally.network.Axis;
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
import dev.tally.network.LayerNorm;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Pad;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling;
import dev.tally.network.Resampling.Interpolation;
import dev.tally.network.Reshape;
import dev.tally.network.RmsNorm;
import dev.tally.network.Roll;
import dev.tally.network.Slice;
import dev.tally.network.Softmax;
import dev.tally.network.Source;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which elements of the inputs move an element of a layer: a set for every position of every layer, carried through the
 * graph tap by tap. For networks over one spatial axis, channels last, whose positions are their elements.
 */
final class FieldSimulation {
    /**
     * What moves one element.
     *
     * @param byInput the places in each input, by its id
     * @param whole whether nothing on the way to it was padding, clamped at an end or outside
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
    private final Map<Integer, Integer> lengths = new HashMap<>();

    FieldSimulation(Network network) {
        for (Input input : network.inputs()) {
            List<Moved> own = new ArrayList<>();
            for (int place = 0; place < input.shape().size(0); place++) {
                own.add(Moved.byItself(input.id(), place));
            }
            elements.put(input, own);
            lengths.put(input.id(), own.size());
        }
        for (Node node : network.nodes()) {
            elements.put(node, run(node));
        }
    }

    /**
     * {@return for each input, how far apart the first and the last place are that move one element, both counted: the
     * most that one whose whole field lies inside the inputs has}
     */
    Map<Integer, Long> extents(Node node) {
        Map<Integer, Long> extents = new HashMap<>();
        elements(node).stream()
                .filter(Moved::whole)
                .forEach(moved -> moved.byInput.forEach((input, places) ->
                        extents.merge(input, (long) places.length() - places.nextSetBit(0), Math::max)));
        return extents;
    }

    /** {@return how many elements in a row have their whole field inside the inputs, where the most do} */
    int interior(Node node) {
        int most = 0;
        int inARow = 0;
        for (Moved moved : elements(node)) {
            inARow = moved.whole ? inARow + 1 : 0;
            most = Math.max(most, inARow);
        }
        return most;
    }

    private List<Moved> run(Node node) {
        int in = node.input().size(0);
        int out = node.shape().size(0);
        return switch (node.layer()) {
            case Convolving convolution ->
                slide(node, convolution.window().axes().getFirst());
            case Pooling pooling -> slide(node, pooling.window().axes().getFirst());
            case TransposedConvolution convolution ->
                spread(node, convolution.window().axes().getFirst());
            case AdaptivePooling _ -> out == 1 ? join(node) : gather(node, o -> overlapped(o, in, out));
            case Resampling resampling -> gather(node, o -> around(resampling.interpolation(), o, in, out));
            case Slice slice ->
                gather(
                        node,
                        o -> IntStream.of((slice.start() < 0 ? in + slice.start() : slice.start()) + o * slice.step()));
            case Split split -> gather(node, o -> IntStream.of(in / split.parts() * split.index() + o));
            case Crop crop ->
                gather(node, o -> IntStream.of(o + crop.margins().getFirst().before()));
            case Pad pad ->
                gather(node, o -> IntStream.of(o - pad.padding().getFirst().before()));
            case PixelShuffle shuffle -> gather(node, o -> IntStream.of(o / shuffle.factor()));
            case PixelUnshuffle shuffle ->
                gather(node, o -> IntStream.range(o * shuffle.factor(), (o + 1) * shuffle.factor()));
            case Softmax(Axis axis, boolean _) -> along(axis) ? join(node) : elementByElement(node);
            case LayerNorm norm -> along(norm.first()) ? join(node) : elementByElement(node);
            case Reduce reduce ->
                reduce.axes().stream().anyMatch(FieldSimulation::along) ? join(node) : elementByElement(node);
            case InstanceNorm _, GroupNorm _ -> join(node);
            case LearnedTensor _ -> Collections.nCopies(out, new Moved(Map.of(), true));
            case Activation _,
                    ParametricRelu _,
                    BatchNorm _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    Dense _,
                    Elementwise _,
                    Concat _,
                    Dropout _,
                    Identity _ -> elementByElement(node);
            case RmsNorm _,
                    MatMul _,
                    Attending _,
                    GatedLinearUnit _,
                    Embedding _,
                    Reshape _,
                    Permute _,
                    Roll _,
                    Flatten _ -> throw new IllegalArgumentException("not simulated: " + node);
        };
    }

    private static boolean along(Axis axis) {
        return axis.equals(Axis.of(0)) || axis.equals(Axis.of(-2));
    }

    private List<Moved> slide(Node node, WindowAxis window) {
        int before = ((Explicit) window.padding()).before();
        return gather(
                node,
                position -> IntStream.range(0, window.kernel())
                        .map(tap -> position * window.stride() + tap * window.dilation() - before));
    }

    /** Lays out the taps of every element, and of those that would stand before the first and after the last. */
    private List<Moved> spread(Node node, WindowAxis window) {
        int before = ((Explicit) window.padding()).before();
        int reach = (int) window.extent() + before;
        Map<Integer, List<Integer>> reached = new HashMap<>();
        for (int element = -reach; element < node.input().size(0) + reach; element++) {
            for (int tap = 0; tap < window.kernel(); tap++) {
                int place = element * window.stride() + tap * window.dilation() - before;
                reached.computeIfAbsent(place, _ -> new ArrayList<>()).add(element);
            }
        }
        return gather(
                node, place -> reached.getOrDefault(place, List.of()).stream().mapToInt(element -> element));
    }

    /** The elements that share some length with one of the outputs, were the axis cut evenly into those. */
    private static IntStream overlapped(int output, int in, int out) {
        return IntStream.range(0, in).filter(i -> i * out < (output + 1) * in && (i + 1) * out > output * in);
    }

    /**
     * Elements are as far from the output's centre as the interpolation has weights for: linear below a distance of 1,
     * cubic below 2, where it has none at a distance of 1 either. In units of 1 / (2 · out).
     */
    private static IntStream around(Interpolation interpolation, int output, int in, int out) {
        return IntStream.range(-2, in + 2).filter(i -> {
            int distance = Math.abs(2 * out * i - ((2 * output + 1) * in - out));
            return switch (interpolation) {
                case NEAREST -> i * out <= output * in && output * in < (i + 1) * out;
                case LINEAR -> distance < 2 * out;
                case CUBIC -> distance < 4 * out && distance != 2 * out;
            };
        });
    }

    /** Each output of the places that it is made of. */
    private List<Moved> gather(Node node, IntFunction<IntStream> places) {
        List<Moved> below = elements(node.from().getFirst());
        List<Moved> outputs = new ArrayList<>();
        for (int output = 0; output < node.shape().size(0); output++) {
            List<Moved> read = new ArrayList<>();
            boolean inBounds = true;
            for (int place : places.apply(output).toArray()) {
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

    /** What joins a whole axis sees all of it, whatever was cut off or added before. */
    private List<Moved> join(Node node) {
        Map<Integer, BitSet> everything = new HashMap<>();
        for (Moved moved : elements(node.from().getFirst())) {
            for (int input : moved.byInput.keySet()) {
                BitSet places = new BitSet();
                places.set(0, lengths.getOrDefault(input, 0));
                everything.put(input, places);
            }
        }
        return Collections.nCopies(node.shape().size(0), new Moved(everything, true));
    }

    /** Those at the same place; an input of one element is repeated. */
    private List<Moved> elementByElement(Node node) {
        List<Moved> outputs = new ArrayList<>();
        for (int i = 0; i < node.shape().size(0); i++) {
            int place = i;
            outputs.add(Moved.together(
                    node.from().stream()
                            .map(this::elements)
                            .map(below -> below.get(below.size() == 1 ? 0 : place))
                            .toList(),
                    true));
        }
        return outputs;
    }

    private List<Moved> elements(Source source) {
        return elements.getOrDefault(source, List.of());
    }
}
