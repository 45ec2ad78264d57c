package dev.tally.engine.java;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.BatchNorm;
import dev.tally.network.Dropout;
import dev.tally.network.Identity;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A layer that sums products, with what is done to the sums before they are stored: batch norms, which go into its
 * weights, then a rectifier.
 *
 * @param layers the layer and those that follow it, in order; the last of them gives what is stored
 * @param norms the batch norms among them
 */
record Chain(List<Node> layers, List<Node> norms, Rectifier rectifier) {
    Node first() {
        return layers.getFirst();
    }

    Node last() {
        return layers.getLast();
    }

    /** {@return a layer by itself} */
    static Chain alone(Node node) {
        return new Chain(List.of(node), List.of(), Rectifier.NONE);
    }

    /** Finds chains: who takes what a layer gives, and whose values have to be there in any case. */
    static final class Finder {
        private final Map<Source, List<Node>> takers = new HashMap<>();
        private final Network network;
        private final Set<Source> exposed;

        Finder(Network network, Set<Source> exposed) {
            this.network = network;
            this.exposed = exposed;
            for (Node node : network.nodes()) {
                node.from()
                        .forEach(source -> takers.computeIfAbsent(source, _ -> new ArrayList<>())
                                .add(node));
            }
        }

        /**
         * {@return the longest chain that begins with a layer}
         *
         * @param normed whether its channels are those of a batch norm after it
         */
        Chain from(Node first, boolean normed) {
            List<Node> met = new ArrayList<>(List.of(first));
            List<Node> norms = new ArrayList<>();
            Rectifier rectifier = Rectifier.NONE;
            int kept = 1;
            while (rectifier == Rectifier.NONE && hasOneTaker(met.getLast())) {
                Node next = takers.getOrDefault(met.getLast(), List.of()).getFirst();
                boolean passes = next.layer() instanceof Dropout || next.layer() instanceof Identity;
                rectifier = rectifier(next);
                boolean norm = normed && next.layer() instanceof BatchNorm;
                if (!passes && !norm && rectifier == Rectifier.NONE) {
                    break;
                }
                met.add(next);
                if (norm) {
                    norms.add(next);
                }
                kept = passes ? kept : met.size();
            }
            return new Chain(List.copyOf(met.subList(0, kept)), List.copyOf(norms), rectifier);
        }

        private boolean hasOneTaker(Source source) {
            return takers.getOrDefault(source, List.of()).size() == 1
                    && !network.outputs().contains(source)
                    && !exposed.contains(source);
        }

        private static Rectifier rectifier(Node node) {
            if (node.layer() instanceof Activation(ActivationFunction function)) {
                return switch (function) {
                    case RELU -> Rectifier.RELU;
                    case RELU6 -> Rectifier.RELU6;
                    default -> Rectifier.NONE;
                };
            }
            return Rectifier.NONE;
        }
    }
}
