package dev.tally.network;

import java.util.ArrayList;
import java.util.List;

/** A layer at its place in a network, shaped. */
public final class Node implements Source {
    private final int id;
    private final int position;
    private final String name;
    private final String type;
    private final List<Source> from;
    private final LayerWork work;

    Node(int id, int position, LayerDraft draft, List<Source> from, LayerWork work) {
        this.id = id;
        this.position = position;
        this.name = draft.name();
        this.type = draft.type();
        this.from = from;
        this.work = work;
    }

    /** {@return the shapes of what a layer takes} */
    static List<Shape> shapes(List<Source> from) {
        return from.size() == 1 ? List.of(from.getFirst().shape()) : allShapes(from);
    }

    private static List<Shape> allShapes(List<Source> from) {
        List<Shape> shapes = new ArrayList<>(from.size());
        for (Source source : from) {
            shapes.add(source.shape());
        }
        return List.copyOf(shapes);
    }

    @Override
    public int id() {
        return id;
    }

    /** {@return the number under which the layer was added to the builder} */
    public int position() {
        return position;
    }

    @Override
    public String name() {
        return name;
    }

    /** {@return the name of the layer's type, as it was written} */
    public String type() {
        return type;
    }

    /** {@return what it does} */
    public Layer layer() {
        return work.layer();
    }

    /** {@return what it does on inputs of these shapes, which nodes of other networks may share} */
    public LayerWork work() {
        return work;
    }

    /** {@return what the layer takes its inputs from, in order} */
    public List<Source> from() {
        return from;
    }

    /** {@return the shapes of the inputs, in order} */
    public List<Shape> inputs() {
        return work.inputs();
    }

    /** {@return the shape of the first input; of the output where the layer takes none} */
    public Shape input() {
        return inputs().isEmpty() ? shape() : inputs().getFirst();
    }

    /** {@return the shape of the output, without the batch} */
    @Override
    public Shape shape() {
        return work.output();
    }

    /** {@return the tensors that the layer stores} */
    public List<WeightSlot> weights() {
        return work.weights();
    }

    @Override
    public String toString() {
        return name + " " + type + " " + shape();
    }
}
