package dev.tally.analysis;

import dev.tally.network.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Receptive fields as tests compare them: the sizes along an input's axes, by the input's id. */
final class Fields {
    private Fields() {}

    static List<Map<Integer, List<Long>>> fields(Network network) {
        return Analysis.of(network).layers().stream().map(Fields::sizes).toList();
    }

    static Map<Integer, List<Long>> field(long size) {
        return Map.of(0, List.of(size, size));
    }

    /** By the inputs' ids. */
    static Map<Integer, List<Long>> sizes(LayerAnalysis layer) {
        Map<Integer, List<Long>> sizes = new HashMap<>();
        layer.receptiveField().sizes().forEach((input, axes) -> sizes.put(input.id(), axes));
        return sizes;
    }
}
