package dev.tally.analysis;

import dev.tally.network.LayerWork;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What works cost that many networks share: each is counted once. Several threads may share one. */
public final class SharedCounts {
    /** As many as there are works. */
    private static final int MOST = 50_000;

    private final Map<LayerWork, LayerCounts> counts = new ConcurrentHashMap<>();

    LayerCounts of(Node node, Layout layout) {
        LayerCounts known = counts.get(node.work());
        if (known != null) {
            return known;
        }
        LayerCounts counted = LayerCounts.of(node, layout);
        if (counts.size() >= MOST) {
            counts.clear();
        }
        counts.put(node.work(), counted);
        return counted;
    }
}
