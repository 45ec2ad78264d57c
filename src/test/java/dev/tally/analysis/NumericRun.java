package dev.tally.analysis;

import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attention;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolving;
import dev.tally.network.Dense;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.GroupNorm;
import dev.tally.network.Identity;
import dev.tally.network.InstanceNorm;
import dev.tally.network.LayerNorm;
import dev.tally.network.Layout;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.ParametricRelu;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Rearranging;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.RmsNorm;
import dev.tally.network.Softmax;
import dev.tally.network.Source;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.WeightSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs a network in numbers, with weights drawn at random, by the plainest loops that do what its layers say. */
final class NumericRun {
    private final Network network;
    private final Layout layout;
    private final Map<Node, List<Values>> weights = new HashMap<>();

    NumericRun(Network network, long seed) {
        this.network = network;
        this.layout = network.layout();
        for (Node node : network.nodes()) {
            List<Values> drawn = new ArrayList<>();
            for (WeightSlot slot : node.weights()) {
                drawn.add(Values.drawn(slot.shape(), new Random(31 * seed + node.id() + drawn.size() * 1_000L)));
            }
            weights.put(node, drawn);
        }
    }

    /**
     * {@return what every layer gives}
     *
     * @param inputs what the network is given, by input
     * @param outside what padding reads: 0, or NaN, which then marks everything that padding had a part in
     */
    Map<Source, Values> run(Map<Source, Values> inputs, double outside) {
        Map<Source, Values> given = new HashMap<>(inputs);
        for (Node node : network.nodes()) {
            List<Values> taken = new ArrayList<>();
            for (Source source : node.from()) {
                taken.add(of(given, source));
            }
            Values made = run(node, taken, outside);
            boolean joinsChannels = node.layer() instanceof Concat(Axis axis)
                    ? axis.index(node.shape(), layout)
                            == layout.channelAxis(node.shape().rank())
                    : node.layer() instanceof PixelUnshuffle;
            given.put(node, joinsChannels ? positionByPosition(made) : made);
        }
        return given;
    }

    static Values of(Map<Source, Values> given, Source source) {
        Values values = given.get(source);
        if (values == null) {
            throw new IllegalStateException(source + " has not run");
        }
        return values;
    }

    /**
     * Fields are those of positions, with all their channels: where channels of one come from elsewhere than others,
     * each is given a part of all.
     */
    private Values positionByPosition(Values values) {
        int axis = layout.channelAxis(values.shape().rank());
        return Values.made(values.shape(), index -> {
            double sum = values.at(index);
            int[] at = index.clone();
            for (at[axis] = 0; at[axis] < values.shape().size(axis); at[axis]++) {
                sum += values.at(at) * (1 + at[axis]) / 16;
            }
            return sum;
        });
    }

    private Values run(Node node, List<Values> taken, double outside) {
        Values input = taken.isEmpty() ? Values.made(node.shape(), _ -> 0) : taken.getFirst();
        List<Values> learned = weights.getOrDefault(node, List.of());
        WindowValues windows = new WindowValues(layout, outside);
        int channelAxis = layout.channelAxis(input.shape().rank());
        return switch (node.layer()) {
            case Convolving layer -> windows.convolution(layer, node, input, learned);
            case TransposedConvolution layer -> windows.transposed(layer, node, input, learned);
            case Pooling layer -> windows.pool(layer, node, input);
            case AdaptivePooling layer -> windows.adaptivePool(layer, node, input);
            case Resampling layer -> windows.resampled(layer, node, input);
            case Rearranging layer -> new RearrangedValues(layout, outside).of(layer, node, taken);
            case Dense layer ->
                SetValues.dense(
                        input,
                        learned.getFirst(),
                        layer.bias() ? learned.getLast().numbers() : new double[0]);
            case MatMul layer -> SetValues.product(layer, node, input, taken.getLast());
            case Attention layer -> SetValues.attention(layer, taken);
            case MultiHeadAttention layer -> SetValues.attention(layer, taken, learned);
            case Reduce layer -> SetValues.reduced(layer, input, layer.reduced(node.input(), layout), node.shape());
            case Softmax layer -> SetValues.softmax(input, layer.axis().index(node.input(), layout), layer.logarithm());
            case LayerNorm layer -> lastAxes(input, layer.first().index(node.input(), layout), true);
            case RmsNorm layer -> lastAxes(input, layer.first().index(node.input(), layout), false);
            case GroupNorm layer -> {
                int ofGroup = input.shape().size(channelAxis) / layer.groups();
                yield SetValues.normalized(input, layer.groups(), index -> index[channelAxis] / ofGroup, true);
            }
            case InstanceNorm _ ->
                SetValues.normalized(input, input.shape().size(channelAxis), index -> index[channelAxis], true);
            case LocalResponseNorm layer -> localResponse(layer, input, channelAxis);
            case GatedLinearUnit layer -> gated(node, input, layer.axis().index(node.input(), layout));
            case Elementwise layer ->
                Values.made(node.shape(), index -> {
                    double met = input.stretched(index);
                    for (Values other : taken.subList(1, taken.size())) {
                        met = combined(layer.operator(), met, other.stretched(index));
                    }
                    return met;
                });
            // Whichever function it is: one that every input moves.
            case Activation _, ParametricRelu _ ->
                Values.made(node.shape(), index -> input.at(index) * (input.at(index) > 0 ? 1 : 0.3));
            case BatchNorm _ -> Values.made(node.shape(), index -> 1.5 * input.at(index) + 0.25);
            case Embedding _ ->
                Values.made(node.shape(), index -> {
                    int[] element = Arrays.copyOf(index, index.length - 1);
                    return Math.sin(input.at(element) * (1 + index[index.length - 1]));
                });
            case LearnedTensor _ -> learned.getFirst();
            case Flatten _, Reshape _ -> input.as(node.shape());
            case Dropout _, Identity _ -> input;
        };
    }

    private static Values lastAxes(Values input, int first, boolean centred) {
        int sets = (int) input.shape().elementsBefore(first);
        return SetValues.normalized(
                input,
                sets,
                index -> {
                    int set = 0;
                    for (int axis = 0; axis < first; axis++) {
                        set = set * input.shape().size(axis) + index[axis];
                    }
                    return set;
                },
                centred);
    }

    /** Channels beyond the first and the last are no padding: every position has them. */
    private static Values localResponse(LocalResponseNorm layer, Values input, int axis) {
        return Values.made(input.shape(), index -> {
            double sum = 0;
            int[] at = index.clone();
            for (int i = 0; i < layer.size(); i++) {
                at[axis] = index[axis] - (layer.size() - 1) / 2 + i;
                sum += Math.pow(input.at(at, 0), 2);
            }
            return input.at(index) / Math.sqrt(1 + sum);
        });
    }

    private static Values gated(Node node, Values input, int axis) {
        return Values.made(node.shape(), index -> {
            int[] gate = index.clone();
            gate[axis] += node.shape().size(axis);
            return input.at(index) / (1 + Math.exp(-input.at(gate)));
        });
    }

    private static double combined(Elementwise.Operator operator, double one, double other) {
        return switch (operator) {
            case ADD -> one + other;
            case SUBTRACT -> one - other;
            case MULTIPLY -> one * other;
            case DIVIDE -> one / other;
        };
    }
}
