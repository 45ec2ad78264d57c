package dev.tally.network;

import java.util.List;

/**
 * A valid, shaped network: a graph of layers without cycles. Made by {@link NetworkBuilder}.
 *
 * @param name what the author calls it; may be empty
 * @param layout where the channels stand in every shape
 * @param dataType the type of every element
 * @param batch how many samples run at once, at least 1
 * @param inputs what it is given
 * @param nodes its layers in the order in which they run: the order in which they were added where that is a
 *     topological one, else the nearest to it
 * @param outputs what it gives, at least one
 */
public record Network(
        String name,
        Layout layout,
        DataType dataType,
        int batch,
        List<Input> inputs,
        List<Node> nodes,
        List<Source> outputs) {
    /** The most layers that a network may have. */
    public static final int MAX_LAYERS = 10_000;

    /** The most inputs that a network may have. */
    public static final int MAX_INPUTS = 16;

    /** The most edges, over all layers, that a network may have. */
    public static final int MAX_EDGES = 100_000;

    public Network {
        inputs = List.copyOf(inputs);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
    }

    /** {@return how many sources it has: inputs and layers; their ids are below} */
    public int sources() {
        return inputs.size() + nodes.size();
    }

    /** {@return a hash of what the network computes, names apart; see {@link NetworkHash}} */
    public String hash() {
        return NetworkHash.of(this);
    }

    @Override
    public String toString() {
        return name + ": " + nodes.size() + " layers";
    }
}
