package dev.tally.analysis;

import static java.lang.Math.multiplyExact;

import dev.tally.network.Attending;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Shape;
import java.util.List;

/** What attention costs for one sample. */
final class AttentionOperations {
    private AttentionOperations() {}

    /**
     * {@return the operations between the projections}
     *
     * <p>Each of the {@code sequences · heads · queries · keys} scores is a product of {@code keyDim} terms and one
     * multiply by {@code 1 / √keyDim}; each line of scores goes through a softmax; each of the {@code sequences · heads
     * · queries · valueDim} outputs is a product of {@code keys} terms. The two products are MACs.
     */
    static Operations products(Attending.Sizes sizes) {
        long lines = multiplyExact(multiplyExact(sizes.sequences(), sizes.heads()), sizes.queries());
        long scores = multiplyExact(lines, sizes.keys());
        long outputs = multiplyExact(lines, sizes.valueDim());
        Operations softmax = Operations.plain(
                scores, scores - lines, OtherOperations.exponentials(scores).plus(OtherOperations.divisions(scores)));
        return LayerOperations.dense(sizes.keyDim(), scores, false)
                .plus(softmax)
                .plus(LayerOperations.dense(sizes.keys(), outputs, false));
    }

    /** {@return the operations with the four projections, each a dense layer at every position} */
    static Operations withProjections(MultiHeadAttention attention, List<Shape> inputs) {
        Attending.Sizes sizes = attention.sizes(inputs);
        List<Shape> roles = Attending.roles(inputs);
        long queries = multiplyExact(sizes.sequences(), sizes.queries());
        long keys = multiplyExact(sizes.sequences(), sizes.keys());
        long keyFeatures = multiplyExact((long) sizes.heads(), sizes.keyDim());
        long valueFeatures = multiplyExact((long) sizes.heads(), sizes.valueDim());
        long features = features(roles.getFirst());
        boolean bias = attention.bias();
        return products(sizes)
                .plus(LayerOperations.dense(features, multiplyExact(queries, keyFeatures), bias))
                .plus(LayerOperations.dense(features(roles.get(1)), multiplyExact(keys, keyFeatures), bias))
                .plus(LayerOperations.dense(features(roles.getLast()), multiplyExact(keys, valueFeatures), bias))
                .plus(LayerOperations.dense(valueFeatures, multiplyExact(queries, features), bias));
    }

    private static long features(Shape shape) {
        return shape.size(shape.rank() - 1);
    }
}
