package dev.tally.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a network with every tensor allocated when it is written and freed once no later layer and no output needs it,
 * and watches how much is allocated.
 */
final class MemorySimulation {
    private final Network network;
    private final Set<Source> allocated = new HashSet<>();
    private final Map<Node, Long> allocatedAt = new HashMap<>();
    private final Map<Node, Set<Source>> leftAfter = new HashMap<>();
    private long peak;
    private Source peakAt;

    private MemorySimulation(Network network) {
        this.network = network;
        allocated.addAll(network.inputs());
        peak = elementsAllocated();
        peakAt = network.nodes().getFirst();
        long highestAtAStep = 0;
        for (int i = 0; i < network.nodes().size(); i++) {
            Node node = network.nodes().get(i);
            if (tensor(node) == node && habit(node) != Habit.BELONGS_TO_THE_WEIGHTS) {
                allocated.add(node);
                allocatedAt.put(node, elementsAllocated());
                if (elementsAllocated() > highestAtAStep) {
                    highestAtAStep = elementsAllocated();
                    peakAt = node;
                }
            }
            peak = Math.max(peak, elementsAllocated());
            List<Node> rest = network.nodes().subList(i + 1, network.nodes().size());
            allocated.removeIf(tensor -> !neededBy(tensor, rest));
            leftAfter.put(node, Set.copyOf(allocated));
        }
    }

    static MemorySimulation of(Network network) {
        return new MemorySimulation(network);
    }

    long peakElements() {
        return peak;
    }

    Source peakAt() {
        return peakAt;
    }

    /** {@return the elements allocated while a layer runs; 0 where it writes nothing} */
    long elementsAt(Node node) {
        return allocatedAt.getOrDefault(node, 0L);
    }

    /** {@return whether the tensor that holds what a source gives is allocated still when a layer has run} */
    boolean isLeftAfter(Source source, Node node) {
        return leftAfter.getOrDefault(node, Set.of()).contains(tensor(source));
    }

    /** {@return whose tensor holds what a source gives} */
    Source tensor(Source source) {
        return source instanceof Node node && (isView(node) || isFused(node))
                ? tensor(node.from().getFirst())
                : source;
    }

    private long elementsAllocated() {
        return allocated.stream().mapToLong(tensor -> tensor.shape().elements()).sum();
    }

    private boolean neededBy(Source tensor, List<Node> rest) {
        return network.outputs().stream().anyMatch(output -> tensor(output) == tensor)
                || rest.stream().flatMap(node -> node.from().stream()).anyMatch(taken -> tensor(taken) == tensor);
    }

    /** What a layer does with memory when it runs. */
    private enum Habit {
        /** Writes a tensor, and applies what follows as it does. */
        STORES,
        /** Writes a tensor. */
        WRITES,
        /** Changes each element where it is, if it may. */
        POINTWISE,
        /** Hands its input on. */
        PASSES,
        /** Hands its input on in another shape. */
        RESHAPES,
        /** Is there before anything runs and takes no memory of the activations. */
        BELONGS_TO_THE_WEIGHTS
    }

    private static Habit habit(Node node) {
        return switch (node.layer()) {
            case Convolving _, TransposedConvolution _, Dense _ -> Habit.STORES;
            case Elementwise(Elementwise.Operator operator) ->
                operator == Elementwise.Operator.ADD ? Habit.STORES : Habit.WRITES;
            case MatMul _,
                    Attending _,
                    Pooling _,
                    AdaptivePooling _,
                    LocalResponseNorm _,
                    Normalizing _,
                    Softmax _,
                    GatedLinearUnit _,
                    Reduce _,
                    Resampling _,
                    Embedding _,
                    Concat _,
                    Split _,
                    Slice _,
                    Crop _,
                    Pad _,
                    Permute _,
                    PixelShuffle _,
                    PixelUnshuffle _,
                    ChannelShuffle _,
                    Roll _ -> Habit.WRITES;
            case Activation _, ParametricRelu _, BatchNorm _ -> Habit.POINTWISE;
            case Dropout _, Identity _ -> Habit.PASSES;
            case Flatten _, Reshape _ -> Habit.RESHAPES;
            case LearnedTensor _ -> Habit.BELONGS_TO_THE_WEIGHTS;
        };
    }

    static boolean isView(Node node) {
        return habit(node) == Habit.PASSES || habit(node) == Habit.RESHAPES;
    }

    static boolean isWeight(Node node) {
        return habit(node) == Habit.BELONGS_TO_THE_WEIGHTS;
    }

    /** Whether it sits on a convolution, dense layer or addition that has given nothing to anyone else on the way. */
    boolean isFused(Node node) {
        if (habit(node) != Habit.POINTWISE) {
            return false;
        }
        Source below = node.from().getFirst();
        while (below instanceof Node under && uses(under) == 1) {
            if (habit(under) == Habit.STORES) {
                return true;
            }
            if (habit(under) != Habit.POINTWISE && habit(under) != Habit.PASSES) {
                return false;
            }
            below = under.from().getFirst();
        }
        return false;
    }

    private long uses(Source source) {
        return network.outputs().stream().filter(output -> output == source).count()
                + network.nodes().stream()
                        .flatMap(node -> node.from().stream())
                        .filter(taken -> taken == source)
                        .count();
    }
}
