package dev.tally.engine;

import dev.tally.network.Convolving;
import dev.tally.network.Network;
import dev.tally.network.Node;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The reference under another name, with algorithms that a caller may ask for. It computes as ever, but names its
 * kernel after the algorithm, and remembers what it was to prepare.
 */
public class ReferenceWithAlgorithms extends DisguisedReference {
    /** Applies to every convolution. */
    public static final String DIRECT = "direct";

    /** Applies to convolutions whose kernel has one tap. */
    public static final String POINTWISE = "pointwise-1x1";

    /** The kernel where none was asked for. */
    public static final String OWN_CHOICE = "own choice";

    private final List<Assignment> prepared = new CopyOnWriteArrayList<>();

    public ReferenceWithAlgorithms(String id) {
        super(id);
    }

    /** {@return what it was to prepare so far} */
    public List<Assignment> prepared() {
        return prepared;
    }

    @Override
    public List<Algorithm> algorithms() {
        return List.of(
                new Algorithm(POINTWISE, "Matrix products, of 1×1"), new Algorithm(DIRECT, "Loops, of anything"));
    }

    @Override
    public void check(Network network, Precision precision, @Nullable String algorithm)
            throws UnsupportedNetworkException {
        super.check(network, precision, algorithm);
        if (algorithm != null && !hasAlgorithm(algorithm)) {
            throw new IllegalArgumentException(id() + " was given " + algorithm);
        }
        for (Node node : network.nodes()) {
            if (POINTWISE.equals(algorithm)
                    && node.layer() instanceof Convolving convolving
                    && convolving.window().taps() > 1) {
                throw new UnsupportedNetworkException(
                        node,
                        POINTWISE + " takes a kernel of 1 tap, got one of "
                                + convolving.window().taps());
            }
        }
    }

    @Override
    public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
        prepared.add(assignment);
        return new Prepared(super.prepare(assignment)) {
            @Override
            public String kernel() {
                return Objects.requireNonNullElse(assignment.algorithm(), OWN_CHOICE);
            }
        };
    }
}
