package dev.tally.network;

import java.util.List;

/**
 * Scaled dot product attention, {@code softmax(Q Kᵀ / √d) V} in each head (Vaswani et al., 2017): what attention with
 * and without projections share. Tensors are {@code (…, positions, features)} whatever the layout; the axes before the
 * positions agree and are gone through one by one. The scores are workspace: no tensor of the network.
 */
public sealed interface Attending extends Layer permits Attention, MultiHeadAttention {
    /**
     * The sizes of the products.
     *
     * @param sequences how many sequences one sample has: the product of the axes before the positions
     * @param queries the positions of a query's sequence
     * @param keys the positions of a key's and value's sequence
     * @param heads how many parts the features are split into
     * @param keyDim the length of a head's queries and keys
     * @param valueDim the length of a head's values
     */
    record Sizes(long sequences, int queries, int keys, int heads, int keyDim, int valueDim) {}

    /** {@return the sizes of the products on these inputs} */
    Sizes sizes(List<Shape> inputs);

    /** {@return the query, the key and the value; of fewer inputs, the last stands for the rest} */
    static List<Shape> roles(List<Shape> inputs) {
        return List.of(inputs.getFirst(), inputs.get(Math.min(1, inputs.size() - 1)), inputs.get(inputs.size() - 1));
    }

    /** Checks that query, key and value have positions and features, and agree in what comes before. */
    static void check(Shape query, Shape key, Shape value) {
        InvalidLayerException.require(
                query.rank() >= 2, "from", "inputs of at least 2 axes, the last two positions and features", query);
        for (Shape other : List.of(key, value)) {
            InvalidLayerException.require(
                    other.rank() == query.rank(), "from", () -> "inputs of as many axes as the query, " + query, other);
            for (int i = 0; i < query.rank() - 2; i++) {
                InvalidLayerException.require(
                        other.size(i) == query.size(i),
                        "from",
                        () -> "inputs that agree with the query, " + query + ", before their last two axes",
                        other);
            }
        }
        InvalidLayerException.require(
                key.size(key.rank() - 2) == value.size(value.rank() - 2),
                "from",
                () -> "as many positions in the value as in the key, " + key,
                value);
    }

    /** {@return the sizes, of shapes that were checked} */
    static Sizes sizes(Shape query, Shape key, int heads, int keyDim, int valueDim) {
        long sequences = 1;
        for (int i = 0; i < query.rank() - 2; i++) {
            sequences *= query.size(i);
        }
        return new Sizes(sequences, query.size(query.rank() - 2), key.size(key.rank() - 2), heads, keyDim, valueDim);
    }
}
