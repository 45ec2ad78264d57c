package dev.tally.engine.onnxruntime;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Attending;
import dev.tally.network.DataType;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.onnx.ElementType;
import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxModel.Initializer;
import dev.tally.onnx.OnnxModel.Port;
import dev.tally.onnx.OnnxOptions;
import dev.tally.onnx.UnexportableException;
import java.util.Arrays;
import java.util.List;
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
            check(initializer.node(), "the weights " + initializer.slot().name(), initializer.bytes());
        }
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Attending attending) {
                checkScores(node, attending.sizes(node.inputs()), network.batch(), options.type());
            }
        }
        for (Port port : model.inputs()) {
            check(port);
        }
        for (Port port : model.outputs()) {
            check(port);
        }
        return model;
    }

    /** No tensor of the network, so that no limit of a network's activations holds them. */
    private static void checkScores(Node node, Attending.Sizes sizes, int batch, ElementType type)
            throws UnsupportedNetworkException {
        double scores = (double) batch * sizes.sequences() * sizes.heads() * sizes.queries() * sizes.keys();
        check(node, "the scores of " + node.name(), (long) (type.bytes() * scores));
    }

    private static void check(Port port) throws UnsupportedNetworkException {
        // Saturates: a tensor's bytes may be more than 2^63 - 1.
        double bytes = port.type().bytes();
        for (long size : port.dimensions()) {
            bytes *= size;
        }
        Node node = port.source() instanceof Node layer ? layer : null;
        check(
                node,
                (node == null ? "the input " : "the output ") + port.source().name(),
                (long) bytes);
    }

    private static void check(@Nullable Node node, String what, long bytes) throws UnsupportedNetworkException {
        if (bytes > BoundTensor.MAX_BYTES) {
            throw new UnsupportedNetworkException(
                    node,
                    what + ": expected at most " + BoundTensor.MAX_BYTES
                            + " bytes, what a tensor of ONNX Runtime's binding for Java takes, got " + bytes);
        }
    }
}
