package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.convolution.Axis;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.network.Convolving;
import dev.tally.network.Dense;
import dev.tally.network.Layer;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;

/** The geometries of layers that sum products: convolutions of all kinds, and dense layers, which are such. */
final class Geometries {
    private static final int AXES = 3;

    private Geometries() {}

    /** {@return whether a layer has a geometry} */
    static boolean has(Layer layer) {
        return convolves(layer) || layer instanceof Dense;
    }

    /** {@return whether a layer is a convolution} */
    static boolean convolves(Layer layer) {
        return layer instanceof Convolving || layer instanceof TransposedConvolution;
    }

    /**
     * {@return a layer's geometry}
     *
     * @throws UnsupportedNetworkException if a number of it is too large for one
     */
    static Geometry of(Node node, Storage storage) throws UnsupportedNetworkException {
        int channels = storage.channels(node.input());
        return switch (node.layer()) {
            case Convolving layer -> new Sizes(node, storage, layer.window()).geometry(layer.groups(channels), false);
            case TransposedConvolution layer -> new Sizes(node, storage, layer.window()).geometry(layer.groups(), true);
            case Dense layer -> dense(node.input(), layer.units(), storage);
            default -> throw new IllegalArgumentException(node + " sums no products");
        };
    }

    /** {@return whether a dense layer's features are channels: it is a convolution of one tap then} */
    static boolean alongChannels(Node node, Storage storage) {
        return alongChannels(node.input(), storage);
    }

    private static boolean alongChannels(Shape input, Storage storage) {
        return storage.layout().channelAxis(input.rank()) == input.rank() - 1;
    }

    /**
     * {@return the geometry of a dense layer on a shape} Where its features are no channels they lie side by side, each
     * position a sample of one element.
     */
    static Geometry dense(Shape shape, int units, Storage storage) {
        int features = shape.size(shape.rank() - 1);
        boolean along = alongChannels(shape, storage);
        int positions = Math.toIntExact(shape.elements() / features);
        Axis line = new Axis(along ? positions : 1, along ? positions : 1, 1, 1, 1, 0);
        int samples = along ? storage.batch() : Math.multiplyExact(storage.batch(), positions);
        return new Geometry(samples, 1, features, units, Axis.NONE, Axis.NONE, line, false);
    }

    /** Of a window on a layer's input. */
    private record Sizes(Node node, Storage storage, Window window) {
        Geometry geometry(int groups, boolean transposed) throws UnsupportedNetworkException {
            int[] in = storage.spatial(node.input());
            int[] out = storage.spatial(node.shape());
            Axis[] axes = {Axis.NONE, Axis.NONE, Axis.NONE};
            int missing = AXES - window.rank();
            for (int i = missing; i < AXES; i++) {
                WindowAxis axis = window.axes().get(i - missing);
                long before = transposed ? axis.cutBefore() : axis.before(in[i]);
                long padded = transposed ? before + out[i] : before + in[i] + axis.after(in[i]);
                if (padded > Integer.MAX_VALUE) {
                    throw new UnsupportedNetworkException(
                            node,
                            "expected at most 2^31-1 elements along an axis, those of the padding among them, got "
                                    + padded);
                }
                axes[i] = new Axis(in[i], out[i], axis.kernel(), axis.stride(), axis.dilation(), (int) before);
            }
            return new Geometry(
                    storage.batch(),
                    groups,
                    storage.channels(node.input()),
                    storage.channels(node.shape()),
                    axes[0],
                    axes[1],
                    axes[2],
                    transposed);
        }
    }
}
