package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.List;

/**
 * The matrix product of two tensors over their last two axes (NumPy matmul): {@code (…, n, k)} times {@code (…, k, m)}
 * gives {@code (…, n, m)}. The axes before them agree, or one of a pair is 1.
 *
 * @param transposeSecond whether the second is given as {@code (…, m, k)}
 */
public record MatMul(boolean transposeSecond) implements Layer {
    @Override
    public int minimumInputs() {
        return 2;
    }

    @Override
    public int maximumInputs() {
        return 2;
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape first = inputs.getFirst();
        Shape second = inputs.getLast();
        require(first.rank() >= 2 && second.rank() >= 2, "from", "inputs of at least 2 axes", first + " and " + second);
        int terms = terms(first);
        int rank = second.rank();
        require(
                second.size(transposeSecond ? rank - 1 : rank - 2) == terms,
                "from",
                () -> "a second input with " + terms + " elements along its "
                        + (transposeSecond ? "last" : "second last") + " axis, as the first, " + first
                        + ", has along its last",
                second);
        Shape rows = first.with(first.rank() - 1, 1);
        Shape columns = second.with(rank - 2, 1).with(rank - 1, second.size(transposeSecond ? rank - 2 : rank - 1));
        Shape output = rows.broadcast(columns);
        if (output == null) {
            throw new InvalidLayerException(
                    "from",
                    "expected inputs whose axes before the last two agree or are 1, got " + first + " and " + second);
        }
        return output;
    }

    /** {@return how many products an element of the output is the sum of} */
    public int terms(Shape first) {
        return first.size(first.rank() - 1);
    }
}
