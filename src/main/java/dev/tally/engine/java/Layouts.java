package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.convolution.ConvolutionAlgorithm;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Identity;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which tensors of a network are kept in blocks of channels: what convolutions give, and what is made of that without
 * leaving the blocks. A network of few convolutions has its tensors in planes, for its ends are in planes in any case.
 */
final class Layouts implements Stages.Fusing {
    private static final int MOST_SPATIAL = 2;

    private final Network network;
    private final Storage storage;
    private final int lanes;
    private final Map<Node, ConvolutionAlgorithm> algorithms = new HashMap<>();
    private final Set<Source> blocked = new HashSet<>();

    /**
     * The layouts of a network.
     *
     * @throws UnsupportedNetworkException if no algorithm applies to a layer
     */
    Layouts(Network network, Storage storage, Choice choice) throws UnsupportedNetworkException {
        this.network = network;
        this.storage = storage;
        this.lanes = choice.lanes();
        long convolutions = network.nodes().stream()
                .filter(node -> Geometries.convolves(node.layer()))
                .count();
        boolean worthIt = lanes > 0 && convolutions >= choice.blocksFrom();
        for (Node node : network.nodes()) {
            if (Geometries.has(node.layer())) {
                choose(node, worthIt, choice);
            } else if (staysBlocked(node) || isWorthBlocks(node)) {
                blocked.add(node);
            }
        }
    }

    private void choose(Node node, boolean worthIt, Choice choice) throws UnsupportedNetworkException {
        Geometry geometry = Geometries.of(node, storage);
        boolean wanted = worthIt && Geometries.convolves(node.layer()) && fits(node);
        ConvolutionAlgorithm algorithm = wanted ? choice.ofBlocks(node, geometry) : choice.of(node, geometry);
        algorithms.put(node, algorithm);
        if (wanted && algorithm.computesBlocks(geometry, lanes)) {
            blocked.add(node);
        }
    }

    /** Of one or two spatial axes, and not mostly of what fills up blocks. */
    private boolean fits(Node node) {
        int axes = node.shape().rank() - 1;
        return axes >= 1 && axes <= MOST_SPATIAL && 2 * storage.channels(node.shape()) >= lanes;
    }

    /** Pools are several times as fast in blocks, so that bringing images there and back is worth it. */
    private boolean isWorthBlocks(Node node) {
        boolean slides = node.layer() instanceof Pooling;
        return slides && lanes > 0 && fits(node) && BlockedPools.canFold(node, storage);
    }

    private boolean staysBlocked(Node node) {
        if (node.from().isEmpty() || !blocked.contains(node.from().getFirst())) {
            return false;
        }
        return switch (node.layer()) {
            case BatchNorm _, Activation _, Dropout _, Identity _ -> true;
            case Pooling _, AdaptivePooling _ -> BlockedPools.canFold(node, storage);
            case Elementwise(var operator) ->
                switch (operator) {
                    case ADD -> node.from().size() == 2 && areBlocked(node) && areAlike(node);
                    case MULTIPLY -> node.from().size() == 2 && areBlocked(node) && scales(node);
                    default -> false;
                };
            case Concat layer -> areBlocked(node) && joinsBlocks(layer, node);
            default -> false;
        };
    }

    private boolean areBlocked(Node node) {
        return blocked.containsAll(node.from());
    }

    private static boolean areAlike(Node node) {
        return node.inputs().getFirst().equals(node.inputs().getLast());
    }

    /** {@return whether the second is a single pixel that the first is multiplied with} */
    private boolean scales(Node node) {
        Shape first = node.inputs().getFirst();
        Shape second = node.inputs().getLast();
        return first.equals(node.shape())
                && second.rank() == first.rank()
                && storage.channels(second) == storage.channels(first)
                && storage.plane(second) == 1;
    }

    private boolean joinsBlocks(Concat layer, Node node) {
        int rank = node.shape().rank();
        if (layer.axis().index(node.shape(), storage.layout())
                != storage.layout().channelAxis(rank)) {
            return false;
        }
        for (Shape shape : node.inputs().subList(0, node.inputs().size() - 1)) {
            if (storage.channels(shape) % lanes != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether a tensor is kept in blocks} */
    boolean isBlocked(Source source) {
        return blocked.contains(source);
    }

    /** {@return the algorithm of a layer that sums products} */
    ConvolutionAlgorithm algorithm(Node node) {
        ConvolutionAlgorithm algorithm = algorithms.get(node);
        if (algorithm == null) {
            throw new IllegalArgumentException(node + " sums no products");
        }
        return algorithm;
    }

    @Override
    public boolean norms(Node node) {
        return Geometries.has(node.layer())
                && (Geometries.convolves(node.layer()) || Geometries.alongChannels(node, storage));
    }

    @Override
    public boolean rectifies(Node node) {
        return Geometries.has(node.layer()) || (isBlocked(node) && (node.layer() instanceof BatchNorm || isSum(node)));
    }

    private static boolean isSum(Node node) {
        return node.layer() instanceof Elementwise(var operator) && operator == Elementwise.Operator.ADD;
    }

    @Override
    public boolean addsResidual(Node node) {
        return isBlocked(node)
                && Geometries.has(node.layer())
                && algorithm(node).addsResidual();
    }

    @Override
    public boolean rescales(Node node) {
        return isBlocked(node)
                && isBlocked(node.from().getFirst())
                && Geometries.has(node.layer())
                && algorithm(node).rescales(geometry(node));
    }

    @Override
    public boolean poolsFirst(Node node, Node pool) {
        return isBlocked(node)
                && isBlocked(node.from().getFirst())
                && isBlocked(pool)
                && Geometries.has(node.layer())
                && geometry(node).pointwise()
                && BlockedPools.averagesWhole(pool, storage)
                && storage.plane(pool.shape()) < storage.plane(node.shape());
    }

    /** {@return a layer's geometry, which it was found to have} */
    Geometry geometry(Node node) {
        try {
            return Geometries.of(node, storage);
        } catch (UnsupportedNetworkException e) {
            throw new IllegalStateException(node + " of " + network.name() + " was checked", e);
        }
    }
}
