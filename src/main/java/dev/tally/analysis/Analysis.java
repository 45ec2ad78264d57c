package dev.tally.analysis;

import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;

import dev.tally.network.Embedding;
import dev.tally.network.Liveness;
import dev.tally.network.Liveness.Role;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network and what it costs, layer by layer and in total.
 *
 * @param layers one entry a layer, in the order in which they run
 */
public record Analysis(Network network, Totals totals, List<LayerAnalysis> layers) {
    /** The version of the rules by which is counted. It changes whenever a count could. */
    public static final String COUNTING_RULES = "1";

    public Analysis {
        layers = List.copyOf(layers);
    }

    /**
     * {@return what the network costs}
     *
     * @throws CountOverflowException if a count is over 2^63-1
     */
    public static Analysis of(Network network) {
        return of(network, null);
    }

    /**
     * {@return the same}
     *
     * @param shared what the works cost that this network shares with others, counted once for all; null where there
     *     are none
     * @throws CountOverflowException if a count is over 2^63-1
     */
    public static Analysis of(Network network, @Nullable SharedCounts shared) {
        Liveness liveness = liveness(network);
        ReceptiveFields fields = new ReceptiveFields(network);
        List<LayerAnalysis> layers = new ArrayList<>(network.nodes().size());
        for (Node node : network.nodes()) {
            try {
                layers.add(layer(node, network, shared, liveness, fields));
            } catch (ArithmeticException e) {
                throw new CountOverflowException(node, "a count of this layer is over 2^63-1");
            }
        }
        return new Analysis(network, totals(network, liveness, layers), layers);
    }

    private static Liveness liveness(Network network) {
        try {
            return Liveness.of(network);
        } catch (ArithmeticException e) {
            throw new CountOverflowException(largest(network), "the elements alive at once are over 2^63-1");
        }
    }

    private static LayerAnalysis layer(
            Node node, Network network, @Nullable SharedCounts shared, Liveness liveness, ReceptiveFields fields) {
        LayerCounts counts = shared != null && node.work().shared()
                ? shared.of(node, network.layout())
                : LayerCounts.of(node, network.layout());
        Operations operations = counts.operations().times(network.batch());
        long parameters = counts.parameters();
        long weightBytes = multiplyExact(counts.stored(), network.dataType().bytes());
        Role role = liveness.role(node);
        long activationBytes = 0;
        long bytesMoved = 0;
        if (role == Role.STEP) {
            activationBytes = bytes(node.shape(), network);
            bytesMoved = addExact(weightBytesRead(node, weightBytes, activationBytes), activationBytes);
            for (Source source : tensors(node, liveness)) {
                bytesMoved = addExact(bytesMoved, bytesRead(source, network, liveness));
            }
        }
        return new LayerAnalysis(
                node,
                operations,
                operations.flops(),
                parameters,
                weightBytes,
                activationBytes,
                bytesMoved,
                role,
                liveness.owner(node),
                fields);
    }

    /** Every weight once, but of an embedding no more than the vectors that it looks up. */
    private static long weightBytesRead(Node node, long weightBytes, long activationBytes) {
        return node.layer() instanceof Embedding ? Math.min(weightBytes, activationBytes) : weightBytes;
    }

    /** A learned tensor is read once for the whole batch, as weights are. */
    private static long bytesRead(Source source, Network network, Liveness liveness) {
        return liveness.owner(source) instanceof Node owner && liveness.role(owner) == Role.WEIGHT
                ? multiplyExact(source.shape().elements(), network.dataType().bytes())
                : bytes(source.shape(), network);
    }

    /** The tensors that a layer takes, each once: a view is the tensor of what it views. */
    private static List<Source> tensors(Node node, Liveness liveness) {
        return node.from().size() == 1
                ? node.from()
                : node.from().stream().map(liveness::owner).distinct().toList();
    }

    private static Totals totals(Network network, Liveness liveness, List<LayerAnalysis> layers) {
        Operations operations = Operations.NONE;
        long flops = 0;
        long parameters = 0;
        long weightBytes = 0;
        long activationBytes = 0;
        long bytesMoved = 0;
        Node at = network.nodes().getFirst();
        try {
            for (Source input : network.inputs()) {
                activationBytes = addExact(activationBytes, bytes(input.shape(), network));
            }
            for (LayerAnalysis layer : layers) {
                at = layer.node();
                operations = operations.plus(layer.operations());
                flops = addExact(flops, layer.flops());
                parameters = addExact(parameters, layer.parameters());
                weightBytes = addExact(weightBytes, layer.weightBytes());
                activationBytes = addExact(activationBytes, layer.activationBytes());
                bytesMoved = addExact(bytesMoved, layer.bytesMoved());
            }
            at = liveness.peakStep();
            long peakBytes = multiplyExact(liveness.peakElements(), bytesPerElement(network));
            return new Totals(
                    operations,
                    flops,
                    parameters,
                    weightBytes,
                    activationBytes,
                    peakBytes,
                    liveness.peakStep(),
                    bytesMoved);
        } catch (ArithmeticException e) {
            throw new CountOverflowException(at, "a total of the network passes 2^63-1 at this layer");
        }
    }

    private static long bytes(Shape shape, Network network) {
        return multiplyExact(shape.elements(), bytesPerElement(network));
    }

    private static long bytesPerElement(Network network) {
        return (long) network.batch() * network.dataType().bytes();
    }

    private static Node largest(Network network) {
        Node largest = network.nodes().getFirst();
        for (Node node : network.nodes()) {
            largest = node.shape().elements() > largest.shape().elements() ? node : largest;
        }
        return largest;
    }
}
