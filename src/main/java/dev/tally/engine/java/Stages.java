package dev.tally.engine.java;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.BatchNorm;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Identity;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts a network into stages: who takes what a layer gives, and whose values have to be there in any case. */
final class Stages {
    /** What can be fused into which layers. */
    interface Fusing {
        /** {@return whether batch norms after a layer go into its weights} */
        boolean norms(Node node);

        /** {@return whether a layer rectifies what it stores} */
        boolean rectifies(Node node);

        /** {@return whether it can add a residual before that} */
        boolean addsResidual(Node node);

        /** {@return whether it can rescale what it reads} */
        boolean rescales(Node node);

        /** {@return whether a pool after it may be computed before it, with the same result} */
        boolean poolsFirst(Node node, Node pool);
    }

    private final Map<Source, List<Node>> takers = new HashMap<>();
    private final Network network;
    private final Set<Source> exposed;
    private final Fusing fusing;
    private final Set<Node> done = new HashSet<>();

    private Stages(Network network, Set<Source> exposed, Fusing fusing) {
        this.network = network;
        this.exposed = exposed;
        this.fusing = fusing;
        for (Node node : network.nodes()) {
            node.from()
                    .forEach(source -> takers.computeIfAbsent(source, _ -> new ArrayList<>())
                            .add(node));
        }
    }

    /**
     * {@return a network's stages, in an order in which they can be computed}
     *
     * @param exposed whose values have to be there beside the network's outputs
     */
    static List<Stage> of(Network network, Set<Source> exposed, Fusing fusing) {
        return new Stages(network, exposed, fusing).all();
    }

    private List<Stage> all() {
        List<Stage> stages = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (done.add(node)) {
                Stage stage = from(node);
                done.addAll(stage.layers());
                stages.add(stage);
            }
        }
        // All that a stage's last layer takes is there by then.
        stages.sort(Comparator.comparingInt(stage -> stage.output().id()));
        return stages;
    }

    private Stage from(Node first) {
        List<Node> before = new ArrayList<>();
        Node main = first;
        if (first.layer() instanceof BatchNorm) {
            before.add(first);
            Node next = onlyTaker(first);
            if (next != null && rectifier(next) != Rectifier.NONE) {
                before.add(next);
                next = onlyTaker(next);
            }
            if (next != null && fusing.rescales(next)) {
                main = next;
            } else {
                before.clear();
            }
        }
        return from(before, main);
    }

    private Stage from(List<Node> before, Node main) {
        List<Node> met = new ArrayList<>(before);
        met.add(main);
        List<Node> norms = new ArrayList<>();
        Source residual = null;
        Rectifier rectifier = Rectifier.NONE;
        int kept = met.size();
        for (Node next = onlyTaker(main); next != null && rectifier == Rectifier.NONE; next = onlyTaker(next)) {
            boolean passes = next.layer() instanceof Dropout || next.layer() instanceof Identity;
            boolean norm = residual == null && fusing.norms(main) && next.layer() instanceof BatchNorm;
            Source added = residual == null && fusing.addsResidual(main) ? added(next, met.getLast()) : null;
            rectifier = fusing.rectifies(main) ? rectifier(next) : Rectifier.NONE;
            if (!passes && !norm && added == null && rectifier == Rectifier.NONE) {
                break;
            }
            met.add(next);
            if (norm) {
                norms.add(next);
            }
            residual = added == null ? residual : added;
            kept = passes ? kept : met.size();
        }
        Node pool = null;
        if (residual == null && rectifier == Rectifier.NONE && kept == met.size()) {
            Node next = onlyTaker(met.getLast());
            if (next != null && fusing.poolsFirst(main, next)) {
                pool = next;
                met.add(next);
                kept++;
            }
        }
        return new Stage(main, met.subList(0, kept), before, norms, residual, rectifier, pool);
    }

    /** {@return who alone takes what a layer gives; null if that is not so, or others want to see it} */
    private @Nullable Node onlyTaker(Node node) {
        List<Node> all = takers.getOrDefault(node, List.of());
        boolean hidden = !network.outputs().contains(node) && !exposed.contains(node);
        return hidden && all.size() == 1 && !done.contains(all.getFirst()) ? all.getFirst() : null;
    }

    /** {@return what a sum of two of the same sizes adds to one of them; null if a layer is no such sum} */
    private static @Nullable Source added(Node node, Node to) {
        if (!(node.layer() instanceof Elementwise(Elementwise.Operator operator))
                || operator != Elementwise.Operator.ADD
                || node.from().size() != 2
                || !node.inputs().getFirst().equals(node.inputs().getLast())) {
            return null;
        }
        return node.from().getFirst() == to
                ? node.from().getLast()
                : node.from().getFirst();
    }

    /** {@return what a layer does if it is one that rectifies; no rectifier else} */
    static Rectifier rectifier(Node node) {
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
