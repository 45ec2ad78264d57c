package dev.tally.network;

import dev.tally.network.Liveness.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network taken apart into its steps, each a network of its own: a layer that writes a tensor, with the activations
 * and batch norms that are applied as it does ({@link Liveness}). Views and learned tensors that stand alone are no
 * steps: they do nothing.
 */
public final class Subnetworks {
    private Subnetworks() {}

    /**
     * A step of a network.
     *
     * @param layers the layer that writes the tensor, then those that are applied on the way, as they stand in the
     *     whole network, in its order
     * @param network the same layers, under their names, as a network: its inputs are what they take, its output is
     *     what the last of them gives
     */
    public record Step(List<Node> layers, Network network) {
        public Step {
            layers = List.copyOf(layers);
        }

        /** {@return the layer that writes the tensor} */
        public Node first() {
            return layers.getFirst();
        }

        /** {@return the layer that gives what the step gives} */
        public Node last() {
            return layers.getLast();
        }
    }

    /** {@return the steps of a network, in its order} */
    public static List<Step> of(Network network) {
        return steps(network).stream()
                .map(layers -> new Step(layers, subnetwork(network, layers)))
                .toList();
    }

    /**
     * {@return the layers of each step of a network, in its order: the one that writes the tensor, then those that are
     * applied on the way}
     */
    public static List<List<Node>> steps(Network network) {
        Liveness liveness = Liveness.of(network);
        Map<Source, List<Node>> groups = new HashMap<>();
        List<List<Node>> steps = new ArrayList<>();
        for (Node node : network.nodes()) {
            Role role = liveness.role(node);
            if (role == Role.STEP) {
                List<Node> layers = new ArrayList<>(List.of(node));
                groups.put(node, layers);
                steps.add(layers);
            } else if (role == Role.FUSED) {
                groups.getOrDefault(liveness.owner(node), new ArrayList<>()).add(node);
            }
        }
        return steps;
    }

    /**
     * {@return a layer as a network of its own, whether it is a step or not: its inputs are what it takes, under their
     * names; learned tensors that it takes come with it}
     */
    public static Network alone(Network network, Node layer) {
        return subnetwork(network, List.of(layer));
    }

    /** What passes between a step's layers unchanged, such as a dropout before an activation, is left out. */
    private static Network subnetwork(Network whole, List<Node> layers) {
        NetworkBuilder builder = new NetworkBuilder(layers.getFirst().name())
                .layout(whole.layout())
                .dataType(whole.dataType())
                .batch(whole.batch())
                .anyNumberOfInputs();
        Set<Source> taken = new LinkedHashSet<>(layers.getFirst().from());
        for (Source source : taken) {
            if (source instanceof Node node && node.layer() instanceof LearnedTensor) {
                builder.layer(node.name(), node.type(), node.layer());
            } else {
                builder.input(source.name(), source.shape());
            }
        }
        String before = "";
        for (Node node : layers) {
            String[] from = before.isEmpty()
                    ? node.from().stream().map(Source::name).toArray(String[]::new)
                    : new String[] {before};
            builder.layer(node.name(), node.type(), node.layer(), from);
            before = node.name();
        }
        return builder.outputs(List.of(before)).build();
    }
}
