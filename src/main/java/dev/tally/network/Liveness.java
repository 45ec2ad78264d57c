package dev.tally.network;

import java.util.Arrays;

/**
 * Which tensors occupy memory, and when. Counted in elements of one sample; weights and workspace are not in it.
 *
 * <p>A view (flatten, reshape, dropout, identity) shares its input's memory. A learned tensor is one of the weights. So
 * does an activation or batch norm that is the only consumer of a convolution, a dense layer, an addition or of another
 * that is so fused: it is applied as the result is stored. Every other layer is a step that has a tensor of its own,
 * alive from the step on until its last consumer has run; the network's inputs are alive from the start, its outputs
 * until the end. A step's inputs and output are alive together.
 */
public final class Liveness {
    /** What a layer does to memory. */
    public enum Role {
        /** Reads its inputs and writes a tensor of its own. */
        STEP,
        /** Applied by the step before it as that stores its result. */
        FUSED,
        /** Its input under another shape or name. */
        VIEW,
        /** A tensor that is stored with the weights. */
        WEIGHT
    }

    private final Network network;
    private final Role[] roles;
    private final Source[] owners;
    private final int[] lastConsumers;
    private final long[] live;
    private final long peak;
    private final int peakStep;

    private Liveness(Network network) {
        this.network = network;
        this.roles = new Role[network.sources()];
        this.owners = new Source[network.sources()];
        this.live = new long[network.sources()];
        assignRoles();
        this.lastConsumers = findLastConsumers();
        Peak peak = findPeak();
        this.peak = peak.elements();
        this.peakStep = peak.step();
    }

    private record Peak(long elements, int step) {}

    private void assignRoles() {
        int[] consumers = countConsumers(network);
        boolean[] fusible = new boolean[network.sources()];
        for (Input input : network.inputs()) {
            owners[input.id()] = input;
            roles[input.id()] = Role.STEP;
        }
        for (Node node : network.nodes()) {
            Source first = node.from().isEmpty() ? node : node.from().getFirst();
            boolean follows = fusible[first.id()] && consumers[first.id()] == 1;
            Habit habit = habit(node.layer());
            Role role = switch (habit) {
                case ABSORBS, WRITES -> Role.STEP;
                case FOLLOWS -> follows ? Role.FUSED : Role.STEP;
                case PASSES, RESHAPES -> Role.VIEW;
                case IS_STORED -> Role.WEIGHT;
            };
            fusible[node.id()] =
                    habit == Habit.ABSORBS || (follows && (habit == Habit.FOLLOWS || habit == Habit.PASSES));
            roles[node.id()] = role;
            owners[node.id()] = role == Role.STEP || role == Role.WEIGHT ? node : owners[first.id()];
        }
    }

    /** What a kind of layer does with tensors, wherever it stands. */
    private enum Habit {
        /** Writes a tensor, and on the way applies what follows. */
        ABSORBS,
        /** Writes a tensor. */
        WRITES,
        /** Changes each element by itself, and can be applied on the way. */
        FOLLOWS,
        /** Hands its input on. */
        PASSES,
        /** Hands its input on under another shape. */
        RESHAPES,
        /** Is stored with the weights. */
        IS_STORED
    }

    private static Habit habit(Layer layer) {
        return switch (layer) {
            case Convolving _, TransposedConvolution _, Dense _ -> Habit.ABSORBS;
            case Elementwise(Elementwise.Operator operator) ->
                operator == Elementwise.Operator.ADD ? Habit.ABSORBS : Habit.WRITES;
            case Activation _, ParametricRelu _, BatchNorm _ -> Habit.FOLLOWS;
            case MatMul _,
                    Attending _,
                    Pooling _,
                    AdaptivePooling _,
                    Reduce _,
                    LocalResponseNorm _,
                    Normalizing _,
                    Softmax _,
                    GatedLinearUnit _,
                    Resampling _,
                    Embedding _,
                    Rearranging _ -> Habit.WRITES;
            case Dropout _, Identity _ -> Habit.PASSES;
            case Flatten _, Reshape _ -> Habit.RESHAPES;
            case LearnedTensor _ -> Habit.IS_STORED;
        };
    }

    private Peak findPeak() {
        long highest = 0;
        int highestStep = network.inputs().size();
        long[] freedAfter = freedAfter();
        long now = 0;
        for (Input input : network.inputs()) {
            now = Math.addExact(now, input.shape().elements());
        }
        for (Node node : network.nodes()) {
            if (roles[node.id()] == Role.STEP) {
                now = Math.addExact(now, node.shape().elements());
                live[node.id()] = now;
                if (now > highest) {
                    highest = now;
                    highestStep = node.id();
                }
            }
            now -= freedAfter[node.id()];
        }
        return new Peak(Math.max(highest, now), highestStep);
    }

    /**
     * {@return the liveness of a network}
     *
     * @throws ArithmeticException if more than 2^63-1 elements are alive at once
     */
    public static Liveness of(Network network) {
        return new Liveness(network);
    }

    /** {@return what a layer does to memory} */
    public Role role(Node node) {
        return roles[node.id()];
    }

    /** {@return the step or input whose tensor holds what this layer gives; for a step, itself} */
    public Source owner(Source source) {
        return owners[source.id()];
    }

    /** {@return the elements alive while a layer runs, those that it takes and gives among them; 0 if it is no step} */
    public long liveElements(Node node) {
        return live[node.id()];
    }

    /** {@return whether a tensor is still alive when a layer has run: one after it takes it, or it is an output} */
    public boolean outlives(Source source, Node node) {
        return lastConsumers[owner(source).id()] > node.id();
    }

    /** {@return the most elements alive at once} */
    public long peakElements() {
        return peak;
    }

    /** {@return the step at which the most elements are alive; the first of several} */
    public Node peakStep() {
        return network.nodes().get(peakStep - network.inputs().size());
    }

    private static int[] countConsumers(Network network) {
        int[] consumers = new int[network.sources()];
        for (Node node : network.nodes()) {
            for (Source source : node.from()) {
                consumers[source.id()]++;
            }
        }
        for (Source output : network.outputs()) {
            consumers[output.id()]++;
        }
        return consumers;
    }

    /** {@return for each tensor the layer that takes it last; past all layers where it is an output} */
    private int[] findLastConsumers() {
        int[] last = new int[network.sources()];
        for (Node node : network.nodes()) {
            for (Source source : node.from()) {
                last[owner(source).id()] = node.id();
            }
        }
        for (Source output : network.outputs()) {
            last[owner(output).id()] = Integer.MAX_VALUE;
        }
        return last;
    }

    /** {@return for each layer, the elements of the tensors whose last consumer it is} */
    private long[] freedAfter() {
        long[] freed = new long[network.sources()];
        network.inputs().forEach(input -> free(input, freed));
        network.nodes().forEach(node -> free(node, freed));
        return freed;
    }

    private void free(Source source, long[] freed) {
        int end = lastConsumers[source.id()];
        if (roles[source.id()] == Role.STEP && end != Integer.MAX_VALUE) {
            freed[end] = Math.addExact(freed[end], source.shape().elements());
        }
    }

    @Override
    public String toString() {
        return network.name() + ": " + peak + " elements, " + Arrays.toString(roles);
    }
}
