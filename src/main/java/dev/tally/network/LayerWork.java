package dev.tally.network;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a layer does on inputs of some shapes: the same wherever the layer stands. Nodes of many networks may share one
 * ({@link LayerWorks}); whoever finds something out about it, such as what it costs, then does so once. Compared by
 * identity.
 */
public final class LayerWork {
    private final Layer layer;
    private final List<Shape> inputs;
    private final Shape output;
    private final List<WeightSlot> weights;
    private final boolean shared;

    /** Written by whoever is first; all would write the same. */
    private volatile @Nullable String text;

    /**
     * The work of a layer.
     *
     * @param shared whether several nodes have it
     * @throws InvalidLayerException if the shapes do not fit the layer
     */
    LayerWork(Layer layer, List<Shape> inputs, Layout layout, boolean shared) {
        this.layer = layer;
        this.inputs = inputs;
        this.output = layer.output(inputs, layout);
        this.weights = layer.weights(inputs, layout);
        this.shared = shared;
    }

    Layer layer() {
        return layer;
    }

    List<Shape> inputs() {
        return inputs;
    }

    Shape output() {
        return output;
    }

    List<WeightSlot> weights() {
        return weights;
    }

    /** {@return whether several nodes may have it, so that what is found out about it is worth keeping} */
    public boolean shared() {
        return shared;
    }

    /** Appends a text about it, which is written anew only where it is not shared. */
    void appendText(StringBuilder out, Consumer<StringBuilder> write) {
        if (!shared) {
            write.accept(out);
            return;
        }
        String known = text;
        if (known == null) {
            StringBuilder written = new StringBuilder();
            write.accept(written);
            known = written.toString();
            text = known;
        }
        out.append(known);
    }
}
