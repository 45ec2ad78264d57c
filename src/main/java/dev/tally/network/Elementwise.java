package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.List;

/** Two or more tensors of one shape combined element by element. */
public record Elementwise(Operator operator) implements Layer {
    /** What is done with the elements. */
    public enum Operator {
        /** The sum of all inputs. */
        ADD
    }

    @Override
    public int minimumInputs() {
        return 2;
    }

    @Override
    public int maximumInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape first = inputs.getFirst();
        for (int i = 1; i < inputs.size(); i++) {
            int number = i + 1;
            require(
                    inputs.get(i).equals(first),
                    "from",
                    () -> "inputs of one shape: input 1 is " + first + ", input " + number,
                    inputs.get(i));
        }
        return first;
    }
}
