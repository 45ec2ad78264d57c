package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.ArrayList;
import java.util.List;

/**
 * One number made of all elements along some axes.
 *
 * @param operator what is made of them
 * @param axes the axes, each once
 * @param keepDimensions whether they stay, with size 1; where none would be left, one of size 1 is
 */
public record Reduce(Operator operator, List<Axis> axes, boolean keepDimensions) implements Layer {
    /** What is made of the elements. */
    public enum Operator {
        /** Their mean. */
        MEAN("mean"),
        /** Their sum. */
        SUM("sum"),
        /** The greatest. */
        MAXIMUM("max");

        private final String id;

        Operator(String id) {
            this.id = id;
        }

        /** {@return the name in the JSON description} */
        public String id() {
            return id;
        }
    }

    public Reduce {
        axes = List.copyOf(axes);
        require(!axes.isEmpty(), "axes", "at least one axis", "none");
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        boolean[] reduced = reduced(input, layout);
        List<Integer> sizes = new ArrayList<>(input.rank());
        for (int i = 0; i < input.rank(); i++) {
            if (!reduced[i] || keepDimensions) {
                sizes.add(reduced[i] ? 1 : input.size(i));
            }
        }
        return sizes.isEmpty()
                ? Shape.of(1)
                : Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** {@return for every axis of a shape, whether it is reduced} */
    public boolean[] reduced(Shape input, Layout layout) {
        boolean[] reduced = new boolean[input.rank()];
        for (Axis axis : axes) {
            int index = axis.index(input, layout, "axes");
            require(!reduced[index], "axes", () -> "each axis once, of " + input, "axis " + index + " twice");
            reduced[index] = true;
        }
        return reduced;
    }
}
