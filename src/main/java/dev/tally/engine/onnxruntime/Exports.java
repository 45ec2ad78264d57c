package dev.tally.engine.onnxruntime;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Attending;
import dev.tally.network.DataType;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.network.TransposedConvolution;
import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxModel.Initializer;
import dev.tally.onnx.OnnxModel.Port;
import dev.tally.onnx.OnnxOptions;
import dev.tally.onnx.UnexportableException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What ONNX Runtime can be given: networks that have an ONNX model of tensors that Java can hand over. */
final class Exports {
    private Exports() {}

    /**
     * Checks the type of a network's elements.
     *
     * @param provider whose limit it is
     * @param run the types that it runs
     * @throws UnsupportedNetworkException if the network's is another
     */
    static void requireType(Network network, String provider, DataType... run) throws UnsupportedNetworkException {
        if (!List.of(run).contains(network.dataType())) {
            String types = Arrays.stream(run).map(DataType::id).collect(Collectors.joining(" and "));
            throw new UnsupportedNetworkException(
                    null,
                    "the " + provider + " provider runs networks of dtype " + types + ", got "
                            + network.dataType().id());
        }
    }

    /**
     * {@return a network's model}
     *
     * @throws UnsupportedNetworkException if a layer or the size of a tensor stands against it; nothing has been
     *     allocated then
     */
    static OnnxModel of(Network network, OnnxOptions options) throws UnsupportedNetworkException {
        OnnxModel model;
        try {
            model = OnnxModel.of(network, options);
        } catch (UnexportableException e) {
            throw new UnsupportedNetworkException(e.node(), String.valueOf(e.getMessage()));
        }
        for (Initializer initializer : model.initializers()) {
            check(initializer.node(), "the weights " + initializer.slot().name(), (double) initializer.bytes());
        }
        for (Port port : model.inputs()) {
            Source input = port.source();
            double bytes = (double) port.type().bytes()
                    * network.batch()
                    * input.shape().elements();
            check(null, "the input " + input.name(), bytes);
        }
        double bytes = (double) options.type().bytes() * network.batch();
        for (Node node : network.nodes()) {
            // Of every layer, as each is laid open to be checked, and measured by itself.
            check(node, "the output " + node.name(), bytes * node.shape().elements());
            if (node.layer() instanceof Attending attending) {
                // No tensor of the network, so that no limit of a network's activations holds them.
                Attending.Sizes sizes = attending.sizes(node.inputs());
                check(
                        node,
                        "the scores of " + node.name(),
                        bytes * sizes.sequences() * sizes.heads() * sizes.queries() * sizes.keys());
            }
            if (node.layer() instanceof TransposedConvolution transposed) {
                // Nor are what every element of the input spreads, before it is added up.
                double positions =
                        (double) node.input().elements() / network.layout().channels(node.input());
                check(
                        node,
                        "the columns of " + node.name(),
                        (double) options.type().bytes()
                                * transposed.filters()
                                / transposed.groups()
                                * transposed.window().taps()
                                * positions);
            }
        }
        return model;
    }

    /** In floating point: bytes may be more than 2^63 - 1. */
    private static void check(@Nullable Node node, String what, double bytes) throws UnsupportedNetworkException {
        if (bytes > BoundTensor.MAX_BYTES) {
            throw new UnsupportedNetworkException(
                    node,
                    String.format(
                            Locale.ROOT,
                            "%s: expected at most %,d bytes, what a tensor of ONNX Runtime's binding for Java takes, got"
                                    + " %,.0f",
                            what,
                            BoundTensor.MAX_BYTES,
                            bytes));
        }
    }
}
