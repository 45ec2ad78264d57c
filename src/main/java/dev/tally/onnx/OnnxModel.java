package dev.tally.onnx;

import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.network.WeightSlot;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A network as an ONNX model. The weights are no part of it: they are asked for as they are written, so that a model
 * takes little memory however large they are.
 *
 * <p>Images stand channels first, as ONNX wants them, whatever the network's layout; each {@link Port} says how.
 */
public final class OnnxModel {
    /** The most bytes that a model with its weights inside may have: what a protobuf message can. */
    public static final long MAX_BYTES = Integer.MAX_VALUE;

    /** The name of the file that {@link #withoutWeights} refers to. */
    public static final String WEIGHTS_FILE = "weights.bin";

    private final List<Port> inputs;
    private final List<Port> outputs;
    private final List<Initializer> initializers;
    private final ModelWriter writer;

    OnnxModel(List<Port> inputs, List<Port> outputs, List<Initializer> initializers, ModelWriter writer) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.initializers = initializers;
        this.writer = writer;
    }

    /**
     * {@return a network as a model}
     *
     * @throws UnexportableException if a layer, or the type of the elements, has no model
     */
    public static OnnxModel of(Network network, OnnxOptions options) throws UnexportableException {
        return new ModelDraft(network, options).model();
    }

    /**
     * An input or output of the graph.
     *
     * @param source what it is in the network
     * @param name its name in the graph
     * @param type the type of its elements
     * @param permutation for each axis of the graph's tensor, the axis of the network's that it is, 0 being the batch
     * @param dimensions the sizes of the graph's tensor, the batch first
     */
    public record Port(Source source, String name, ElementType type, List<Integer> permutation, List<Long> dimensions) {
        public Port {
            permutation = List.copyOf(permutation);
            dimensions = List.copyOf(dimensions);
        }
    }

    /**
     * Weights of the graph.
     *
     * @param name their name in the graph
     * @param dimensions the sizes of the graph's tensor
     * @param type the type of its elements
     * @param node the layer that they are of
     * @param slot which of its weights they are
     * @param permutation for each axis of the graph's tensor, the axis of the slot that it is; empty where the elements
     *     stand in the slot's own order
     */
    public record Initializer(
            String name,
            List<Long> dimensions,
            ElementType type,
            Node node,
            WeightSlot slot,
            List<Integer> permutation) {
        public Initializer {
            dimensions = List.copyOf(dimensions);
            permutation = List.copyOf(permutation);
        }

        /** {@return the number of elements} */
        public long elements() {
            return slot.shape().elements();
        }

        /** {@return the number of bytes that the elements take} */
        public long bytes() {
            return Math.multiplyExact(elements(), (long) type.bytes());
        }

        /** {@return the elements in the row-major order of the graph's tensor} */
        public FloatValues values(Weights weights) {
            FloatValues values = weights.of(node, slot);
            return permutation.isEmpty() ? values : new PermutedValues(values, slot.shape(), permutation);
        }
    }

    /** {@return the network's inputs, in their order} */
    public List<Port> inputs() {
        return inputs;
    }

    /** {@return the network's outputs, then what is exposed beside them, in the order of the network} */
    public List<Port> outputs() {
        return outputs;
    }

    /** {@return the weights, in the order in which they are written} */
    public List<Initializer> initializers() {
        return initializers;
    }

    /**
     * {@return the serialised model without its weights: these are the file {@value #WEIGHTS_FILE} beside it, or are
     * given to a session by their names}
     */
    public byte[] withoutWeights() {
        return writer.withoutWeights();
    }

    /** {@return how many bytes {@link #write} writes} */
    public long size() {
        return writer.size();
    }

    /** {@return how many bytes {@link #writeWeights} writes} */
    public long weightsSize() {
        return writer.weightsSize();
    }

    /**
     * Writes the serialised model with its weights, in memory that does not grow with them.
     *
     * @throws IllegalStateException if it has more than {@link #MAX_BYTES}
     */
    public void write(OutputStream out, Weights weights) throws IOException {
        if (size() > MAX_BYTES) {
            throw new IllegalStateException(
                    "expected a model of at most " + MAX_BYTES + " bytes with its weights inside, got " + size());
        }
        writer.write(out, weights);
    }

    /** Writes the file that {@link #withoutWeights} refers to, in memory that does not grow with it. */
    public void writeWeights(OutputStream out, Weights weights) throws IOException {
        writer.writeWeights(out, weights);
    }
}
