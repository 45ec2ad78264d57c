package dev.tally.planning.alternative;

import dev.tally.analysis.Analysis;
import dev.tally.network.Input;
import dev.tally.network.Liveness;
import dev.tally.network.Liveness.Role;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import java.util.HashSet;
import java.util.Set;

/** The network of which one layer at a time is designed anew; counted once, however many designs there are. */
final class Whole {
    private final Network network;
    private final Figures figures;
    private final Liveness liveness;
    private final Set<String> names = new HashSet<>();
    private final int edges;

    Whole(Analysis analysis) {
        this.network = analysis.network();
        this.figures = Figures.of(analysis.totals());
        this.liveness = Liveness.of(network);
        for (Input input : network.inputs()) {
            names.add(input.name());
        }
        int taken = 0;
        for (Node node : network.nodes()) {
            names.add(node.name());
            taken += node.from().size();
        }
        this.edges = taken;
    }

    Network network() {
        return network;
    }

    /** {@return the names of its inputs and layers} */
    Set<String> names() {
        return names;
    }

    /** {@return whether what a source gives is stored with the weights, and no input of the network changes it} */
    boolean isStored(Source source) {
        return liveness.owner(source) instanceof Node owner && liveness.role(owner) == Role.WEIGHT;
    }

    /** {@return whether so many layers more are too many, or what they take is} */
    boolean isFullWith(Replacement replacement) {
        int taken = replacement.drafts().stream()
                .mapToInt(draft -> draft.from().size())
                .sum();
        return network.nodes().size() - 1 + replacement.drafts().size() > Network.MAX_LAYERS
                || edges - 1 + taken > Network.MAX_EDGES;
    }

    /**
     * {@return what the network costs with a design in a layer's place}
     *
     * <p>Sums change by what the design's differ from the layer's. At most as much is alive as before at any other
     * step, or while the design runs: beside it what was alive beside the layer, and its input until its end where that
     * is needed after it.
     *
     * @throws ArithmeticException if a figure is over 2^63-1
     */
    Figures with(Replacement replacement, Target target, Part part) {
        Node node = target.node();
        Source input = node.from().getFirst();
        long beside = liveness.liveElements(node)
                - input.shape().elements()
                - node.shape().elements();
        Network running = liveness.outlives(input, node)
                ? replacement.keepingInputOf(target.original().network())
                : part.network();
        long peak = Math.addExact(beside, Liveness.of(running).peakElements());
        for (Node other : network.nodes()) {
            peak = Math.max(peak, other == node ? 0 : liveness.liveElements(other));
        }
        long bytes = (long) network.batch() * network.dataType().bytes();
        return figures.with(target.original().figures(), part.figures(), Math.multiplyExact(peak, bytes));
    }
}
