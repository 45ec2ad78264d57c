package dev.tally.network;

import java.util.List;

/**
 * Tensors combined element by element. Their shapes agree, or are stretched to one (NumPy broadcasting: aligned at the
 * last axis, an axis of size 1 or a missing one is repeated).
 */
public record Elementwise(Operator operator) implements Layer {
    /** What is done with the elements. */
    public enum Operator {
        /** The sum of two or more. */
        ADD("add"),
        /** The first less the second. */
        SUBTRACT("subtract"),
        /** The product of two or more. */
        MULTIPLY("multiply"),
        /** The first over the second. */
        DIVIDE("divide");

        private final String id;

        Operator(String id) {
            this.id = id;
        }

        /** {@return the name in the JSON description} */
        public String id() {
            return id;
        }

        /** {@return whether any number of inputs, from two on, can be combined} */
        public boolean associative() {
            return this == ADD || this == MULTIPLY;
        }
    }

    @Override
    public int minimumInputs() {
        return 2;
    }

    @Override
    public int maximumInputs() {
        return operator.associative() ? Integer.MAX_VALUE : 2;
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape output = inputs.getFirst();
        for (int i = 1; i < inputs.size(); i++) {
            Shape both = output.broadcast(inputs.get(i));
            if (both == null) {
                throw new InvalidLayerException(
                        "from",
                        "expected inputs of one shape, or whose sizes agree or are 1 from the last axis on: "
                                + (i == 1 ? "input 1 is " : "those before make ") + output + ", input " + (i + 1)
                                + ", got " + inputs.get(i));
            }
            output = both;
        }
        return output;
    }
}
