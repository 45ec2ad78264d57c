package dev.tally.onnx;

import dev.tally.network.Source;
import java.util.Set;

/**
 * How a network is written as a model.
 *
 * @param type the type of weights and activations: FLOAT, FLOAT16 or BFLOAT16
 * @param exposed whose values are outputs beside the network's own
 * @param copies how many times the whole computation stands in the graph, on the same inputs and weights, at least 1;
 *     the outputs of each further copy are reduced to one element. The time that each adds to a run is that of the
 *     computation alone, without the copies to a device and back. A runtime that merges nodes that compute the same
 *     (ONNX Runtime's optimiser CommonSubexpressionElimination) must be told not to.
 */
public record OnnxOptions(ElementType type, Set<Source> exposed, int copies) {
    /** Everything in float32, nothing exposed. */
    public static final OnnxOptions DEFAULT = new OnnxOptions(ElementType.FLOAT, Set.of(), 1);

    public OnnxOptions {
        exposed = Set.copyOf(exposed);
        if (type == ElementType.INT64) {
            throw new IllegalArgumentException("expected a type of real numbers, got " + type);
        }
        if (copies < 1) {
            throw new IllegalArgumentException("expected at least 1 copy, got " + copies);
        }
    }
}
