package dev.tally.planning.alternative;

import dev.tally.analysis.Analysis;
import dev.tally.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The alternatives that were asked for.
 *
 * @param analysis the network as it is, counted
 * @param layers those of each layer that they were asked of, the costliest first
 */
public record AlternativesPlan(Analysis analysis, List<LayerAlternatives> layers) {
    public AlternativesPlan {
        layers = List.copyOf(layers);
    }

    public Network network() {
        return analysis.network();
    }

    /** {@return what the network costs as it is} */
    public Figures totals() {
        return Figures.of(analysis.totals());
    }

    /** {@return the designs of all layers; of those that do the same, in turns with the same, the first} */
    public List<Contender> distinctDesigns() {
        Map<String, Contender> distinct = new LinkedHashMap<>();
        layers.forEach(layer -> layer.designs().forEach(design -> distinct.putIfAbsent(design.key(), design)));
        return List.copyOf(distinct.values());
    }

    /** {@return the designs, without their times} */
    public List<TimedDesigns> untimed() {
        return layers.stream().map(TimedDesigns::untimed).toList();
    }

    /** {@return how many layers the rewritten networks have, all together} */
    public long layersOfNetworks() {
        long alternatives =
                layers.stream().mapToLong(layer -> layer.alternatives().size()).sum();
        return alternatives * network().nodes().size();
    }
}
