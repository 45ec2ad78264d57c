package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Attention with projections (Keras and PyTorch MultiHeadAttention): query, key and value are dense layers of the
 * inputs, the heads' results one more. One input attends to itself; of two, the first is the query's and the second the
 * key's and value's; three are the query's, the key's and the value's.
 *
 * @param heads how many heads there are
 * @param keyDim the length of a head's queries and keys; the query's features over the heads where empty
 * @param valueDim the length of a head's values; as the keys' where empty
 * @param bias whether each of the four projections adds a learned number
 */
public record MultiHeadAttention(int heads, OptionalInt keyDim, OptionalInt valueDim, boolean bias)
        implements Attending {
    public MultiHeadAttention {
        requirePositive("heads", heads);
        keyDim.ifPresent(length -> requirePositive("keyDim", length));
        valueDim.ifPresent(length -> requirePositive("valueDim", length));
    }

    @Override
    public int maximumInputs() {
        return 3;
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        List<Shape> roles = Attending.roles(inputs);
        Attending.check(roles.getFirst(), roles.get(1), roles.getLast());
        int features = features(roles.getFirst());
        require(
                keyDim.isPresent() || features % heads == 0,
                "heads",
                () -> "a divisor of the " + features + " features, or \"keyDim\" beside it",
                heads);
        Sizes sizes = sizes(inputs);
        long widest = (long) heads * Math.max(sizes.keyDim(), sizes.valueDim());
        require(widest <= Integer.MAX_VALUE, "heads", "at most 2^31-1 features in all heads", widest);
        return roles.getFirst();
    }

    @Override
    public Sizes sizes(List<Shape> inputs) {
        List<Shape> roles = Attending.roles(inputs);
        int key = keyDim.orElseGet(() -> features(roles.getFirst()) / heads);
        return Attending.sizes(roles.getFirst(), roles.get(1), heads, key, valueDim.orElse(key));
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        List<Shape> roles = Attending.roles(inputs);
        Sizes sizes = sizes(inputs);
        int features = features(roles.getFirst());
        List<WeightSlot> slots = new ArrayList<>(8);
        project(slots, "query", features, heads * sizes.keyDim());
        project(slots, "key", features(roles.get(1)), heads * sizes.keyDim());
        project(slots, "value", features(roles.getLast()), heads * sizes.valueDim());
        project(slots, "output", heads * sizes.valueDim(), features);
        return slots;
    }

    private void project(List<WeightSlot> slots, String name, int from, int to) {
        slots.add(WeightSlot.trained(name + "Kernel", Shape.of(to, from)));
        if (bias) {
            slots.add(WeightSlot.trained(name + "Bias", Shape.of(to)));
        }
    }

    private static int features(Shape shape) {
        return shape.size(shape.rank() - 1);
    }
}
