package dev.tally.engine.reference;

import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineStatus;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.DataType;
import dev.tally.network.Embedding;
import dev.tally.network.Input;
import dev.tally.network.Liveness;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.WeightSlot;
import dev.tally.tensor.TokenInputs;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whole networks by {@link ReferenceLayers}, in double precision whatever type the network's elements have. Always
 * available. Weights are looked up as a run comes to them, so that those of all layers are never held at once.
 */
public final class ReferenceEngine implements Engine {
    /** The engine's name. */
    public static final String ID = "reference";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus("Plain loops in double precision", null, null, Map.of());
    }

    @Override
    public void check(Network network, Precision precision, @Nullable String algorithm)
            throws UnsupportedNetworkException {
        if (precision == Precision.TF32) {
            throw new UnsupportedNetworkException(
                    null,
                    "expected precision float32 or float16, both of which are computed in float64 here, got tf32");
        }
        if (network.dataType() == DataType.INT8) {
            throw new UnsupportedNetworkException(
                    null,
                    "expected a network of floating point numbers, got int8, whose scales and zero points a"
                            + " description does not have");
        }
        for (Input input : network.inputs()) {
            checkSize(null, input.name(), network.batch(), input.shape());
        }
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Embedding && TokenInputs.origin(node) == null) {
                throw new UnsupportedNetworkException(
                        node,
                        "expected an input of the network as what it looks up, got numbers computed by "
                                + node.from().getFirst().name());
            }
            checkSize(node, node.name(), network.batch(), node.shape());
            for (WeightSlot slot : node.weights()) {
                checkSize(node, "the " + slot.name() + " of " + node.name(), 1, slot.shape());
            }
        }
        checkHeap(network);
    }

    /** What it computes lies on the Java heap, twice as wide, and a layer's input is alive while its output is made. */
    private static void checkHeap(Network network) throws UnsupportedNetworkException {
        double needed =
                2.0 * Double.BYTES * network.batch() * Liveness.of(network).peakElements();
        long most = Runtime.getRuntime().maxMemory() / 4 * 3;
        if (needed > most) {
            throw new UnsupportedNetworkException(
                    null,
                    String.format(
                            Locale.ROOT,
                            "expected values of at most %,d bytes in double precision, three quarters of the Java heap, got"
                                    + " %,.0f",
                            most,
                            needed));
        }
    }

    private static void checkSize(@Nullable Node node, String what, int count, Shape shape)
            throws UnsupportedNetworkException {
        if (shape.elements() > Integer.MAX_VALUE / count) {
            throw new UnsupportedNetworkException(
                    node, what + ": expected a tensor of at most 2^31-1 elements, got " + count + " × " + shape);
        }
    }

    /** About a thousand million multiplies and additions a second. */
    @Override
    public double usualShareOfPeak() {
        return 0.005;
    }

    @Override
    public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
        check(assignment.network(), assignment.precision());
        return new ReferenceNetwork(assignment);
    }
}
