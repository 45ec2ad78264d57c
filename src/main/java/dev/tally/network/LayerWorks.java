package dev.tally.network;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The works of layers that many networks share: each is made once. Layers are told apart by identity, which costs
 * nothing to compare; a layer that is made again has its works made again. Several threads may share one.
 */
public final class LayerWorks {
    /** The most that are remembered: some ten megabytes. Then all are forgotten. */
    private static final int MOST = 50_000;

    private final Map<Key, LayerWork> works = new ConcurrentHashMap<>();

    private record Key(Layer layer, List<Shape> inputs, Layout layout) {
        @Override
        @SuppressWarnings("ReferenceEquality") // equal layers that were made apart only have a work each
        public boolean equals(Object other) {
            return other instanceof Key(Layer its, List<Shape> taken, Layout order)
                    && its == layer
                    && order == layout
                    && taken.equals(inputs);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(layer) + inputs.hashCode();
        }
    }

    /**
     * {@return the work of a layer}
     *
     * @throws InvalidLayerException if the shapes do not fit the layer
     */
    LayerWork of(Layer layer, List<Shape> inputs, Layout layout) {
        Key key = new Key(layer, inputs, layout);
        LayerWork known = works.get(key);
        if (known != null) {
            return known;
        }
        LayerWork work = new LayerWork(layer, inputs, layout, true);
        if (works.size() >= MOST) {
            works.clear();
        }
        LayerWork first = works.putIfAbsent(key, work);
        return first == null ? work : first;
    }
}
