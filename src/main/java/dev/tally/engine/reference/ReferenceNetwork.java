package dev.tally.engine.reference;

import dev.tally.engine.Assignment;
import dev.tally.engine.PreparedNetwork;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A network that is run layer by layer; what a layer gave is let go once its last consumer has run. */
final class ReferenceNetwork implements PreparedNetwork {
    private final Assignment assignment;
    private final Network network;
    private final Team team;
    private final Map<Source, Integer> lastUse = new HashMap<>();

    ReferenceNetwork(Assignment assignment) {
        this.assignment = assignment;
        this.network = assignment.network();
        this.team = new Team(assignment.threads());
        for (Node node : network.nodes()) {
            node.from().forEach(source -> lastUse.put(source, node.id()));
        }
    }

    @Override
    public String kernel() {
        return "loops-float64";
    }

    @Override
    public void run() {
        run((_, _) -> {});
    }

    @Override
    public Map<Source, Tensor> read(Collection<? extends Source> sources, Arena arena) {
        Map<Source, Tensor> read = new HashMap<>();
        run((source, values) -> {
            if (sources.contains(source)) {
                read.put(
                        source,
                        Tensor.allocate(arena, network.batch(), source.shape()).fill(i -> (float) values.at(i)));
            }
        });
        return read;
    }

    /** Each source's values are shown when they are there; they are gone some time after. */
    private void run(BiConsumer<Source, Values> show) {
        Map<Source, Values> alive = new HashMap<>();
        for (Input input : network.inputs()) {
            give(alive, input, whole(Values.of(assignment.input(input)), input), show);
        }
        for (Node node : network.nodes()) {
            List<Values> inputs = new ArrayList<>(node.from().size());
            for (Source source : node.from()) {
                Values values = alive.get(source);
                if (values == null) {
                    throw new IllegalStateException(node + " runs before " + source + ", or after it was let go");
                }
                inputs.add(values);
            }
            Values values = ReferenceLayers.of(node, network, inputs, assignment.weights());
            boolean view = inputs.contains(values);
            give(alive, node, view ? values : whole(values, node), show);
            node.from().forEach(source -> letGo(alive, source, node.id()));
        }
    }

    private void give(Map<Source, Values> alive, Source source, Values values, BiConsumer<Source, Values> show) {
        show.accept(source, values);
        if (lastUse.containsKey(source)) {
            alive.put(source, values);
        }
    }

    private void letGo(Map<Source, Values> alive, Source source, int after) {
        if (lastUse.getOrDefault(source, -1) == after) {
            alive.remove(source);
        }
    }

    private Values whole(Values values, Source source) {
        int elements = Math.toIntExact(network.batch() * source.shape().elements());
        return Values.of(WholeValues.of(values, elements, team));
    }

    @Override
    public void close() {}
}
