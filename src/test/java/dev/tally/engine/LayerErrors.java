package dev.tally.engine;

import dev.tally.engine.reference.ReferenceLayers;
import dev.tally.engine.reference.Values;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How far an engine is off, layer by layer: what each should give is worked out from what the engine gave it. */
public final class LayerErrors {
    /**
     * Where numbers cancel out, the error of their sum is compared with this part of the numbers, which are of the size
     * of 1 at least somewhere in a network of seeded weights.
     */
    public static final double LEAST = 0.01;

    private static final double NEARLY_INFINITE = 1e30;

    private LayerErrors() {}

    /** {@return the error of every layer, its inputs those that the engine computed} */
    public static Map<Node, Double> of(Engine engine, Assignment assignment) throws UnsupportedNetworkException {
        Network network = assignment.network();
        Set<Source> all = new LinkedHashSet<>(network.nodes());
        Map<Node, Double> errors = new LinkedHashMap<>();
        try (Arena arena = Arena.ofConfined();
                PreparedNetwork prepared = engine.prepare(assignment.exposing(all))) {
            Map<Source, Tensor> given = prepared.read(all, arena);
            for (Node node : network.nodes()) {
                List<Values> inputs = new ArrayList<>();
                double largest = 0;
                for (Source source : node.from()) {
                    Tensor tensor = source instanceof Input input ? assignment.input(input) : tensor(given, source);
                    inputs.add(Values.of(tensor));
                    largest = Math.max(largest, largest(tensor));
                }
                Values expected = ReferenceLayers.of(node, network, inputs, assignment.weights());
                errors.put(node, of(expected, tensor(given, node), LEAST * Math.max(1, largest)));
            }
        }
        return errors;
    }

    /** {@return what an engine gave for a source} */
    public static Tensor tensor(Map<Source, Tensor> given, Source source) {
        return Objects.requireNonNull(given.get(source), source::toString);
    }

    /** {@return the largest finite number} */
    private static double largest(Tensor tensor) {
        double largest = 0;
        for (long i = 0; i < tensor.elements(); i++) {
            double size = Math.abs(tensor.at(i));
            largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
        }
        return largest;
    }

    /**
     * {@return the largest error over the largest finite number that is expected} Of what is expected to be no number,
     * nothing is asked: the maximum of some and none is one or the other.
     *
     * @param least what the error is compared with at least
     */
    public static double of(Values expected, Tensor got, double least) {
        double largest = least;
        double error = 0;
        for (long i = 0; i < got.elements(); i++) {
            double wanted = expected.at(i);
            if (!equal(wanted, got.at(i))) {
                double distance = Math.abs(wanted - got.at(i));
                error = Double.isFinite(distance) ? Math.max(error, distance) : Double.POSITIVE_INFINITY;
            }
            largest = Double.isFinite(wanted) ? Math.max(largest, Math.abs(wanted)) : largest;
        }
        return largest == 0 ? error : error / largest;
    }

    /**
     * The maximum of nothing may be the lowest number that there is, as ONNX Runtime's is where channels are blocked;
     * and what becomes of that in further layers, large instead of infinite.
     */
    private static boolean equal(double wanted, float got) {
        return Double.isNaN(wanted)
                || (float) wanted == got
                || (Double.isInfinite(wanted) && got * Math.signum(wanted) > NEARLY_INFINITE);
    }
}
