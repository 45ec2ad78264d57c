package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * Attention without projections: query, key and value are given.
 *
 * @param heads how many parts the features are split into, a divisor of them
 */
public record Attention(int heads) implements Attending {
    public Attention {
        requirePositive("heads", heads);
    }

    @Override
    public int minimumInputs() {
        return 3;
    }

    @Override
    public int maximumInputs() {
        return 3;
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape query = inputs.getFirst();
        Shape key = inputs.get(1);
        Shape value = inputs.getLast();
        Attending.check(query, key, value);
        int features = query.size(query.rank() - 1);
        int valueFeatures = value.size(value.rank() - 1);
        require(
                key.size(key.rank() - 1) == features,
                "from",
                () -> "as many features in the key as in the query, " + query,
                key);
        require(features % heads == 0, "heads", () -> "a divisor of the " + features + " features", heads);
        require(
                valueFeatures % heads == 0,
                "heads",
                () -> "a divisor of the " + valueFeatures + " features of the value",
                heads);
        return query.with(query.rank() - 1, valueFeatures);
    }

    @Override
    public Sizes sizes(List<Shape> inputs) {
        Shape query = inputs.getFirst();
        Shape value = inputs.getLast();
        return Attending.sizes(
                query,
                inputs.get(1),
                heads,
                query.size(query.rank() - 1) / heads,
                value.size(value.rank() - 1) / heads);
    }
}
