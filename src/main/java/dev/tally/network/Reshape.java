package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;

import java.util.List;

/**
 * The elements in the same order under other axes; a view.
 *
 * @param shape the sizes, outermost first, without the batch; one of them may be -1, which is worked out
 */
public record Reshape(List<Integer> shape) implements Layer {
    public Reshape {
        shape = List.copyOf(shape);
        for (int size : shape) {
            require(size >= 1 || size == -1, "shape", "sizes of at least 1, or -1 for one that is worked out", size);
        }
        require(shape.stream().filter(size -> size == -1).count() <= 1, "shape", "at most one size of -1", shape);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        int open = shape.indexOf(-1);
        int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
        if (open >= 0) {
            sizes[open] = 1;
            long known = Shape.of(sizes).elements();
            long rest = input.elements() / known;
            require(rest <= Integer.MAX_VALUE, "shape", "sizes of at most 2^31-1, that of -1 too", rest);
            require(
                    known * rest == input.elements(),
                    "shape",
                    () -> "sizes whose product divides the " + input.elements() + " elements of " + input,
                    shape);
            sizes[open] = (int) rest;
        }
        Shape output = Shape.of(sizes);
        require(
                output.elements() == input.elements(),
                "shape",
                () -> "a shape of the " + input.elements() + " elements of " + input,
                output + " of " + output.elements());
        return output;
    }
}
