package dev.tally.planning.alternative;

import dev.tally.analysis.Analysis;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import java.util.List;

/**
 * One design of a layer, by itself: what takes the layer's input and gives what the layer's step gives.
 *
 * @param network the design as a network of one input and one output
 * @param figures what it costs
 * @param narrowest the fewest elements, of one sample, of a tensor that everything that the output knows of the input
 *     passes: of the input, the output, and every tensor between them that no path goes around
 * @param receptiveField how many elements of the input, along its spatial axes, an interior element of the output sees;
 *     empty where the input has no such axes or that is not one number
 */
public record Part(Network network, Figures figures, long narrowest, List<Long> receptiveField) {
    public Part {
        receptiveField = List.copyOf(receptiveField);
    }

    /**
     * {@return the part that a network is}
     *
     * @param network of one input and one output, which its last layer gives
     * @throws dev.tally.analysis.CountOverflowException if a count is over 2^63-1
     */
    static Part of(Network network) {
        Analysis analysis = Analysis.of(network);
        Input input = network.inputs().getFirst();
        List<Long> field = analysis.layers().getLast().receptiveField().sizes(input);
        return new Part(
                network, Figures.of(analysis.totals()), narrowest(network, input), field == null ? List.of() : field);
    }

    /**
     * All paths from the input to the output go through a tensor exactly where those to it times those from it are as
     * many as there are.
     */
    private static long narrowest(Network network, Input input) {
        long[] pathsTo = new long[network.sources()];
        long[] pathsFrom = new long[network.sources()];
        Source output = network.outputs().getFirst();
        pathsTo[input.id()] = 1;
        for (Node node : network.nodes()) {
            for (Source source : node.from()) {
                pathsTo[node.id()] += pathsTo[source.id()];
            }
        }
        pathsFrom[output.id()] = 1;
        for (Node node : network.nodes().reversed()) {
            for (Source source : node.from()) {
                pathsFrom[source.id()] += pathsFrom[node.id()];
            }
        }
        long narrowest = input.shape().elements();
        for (Node node : network.nodes()) {
            if (pathsTo[node.id()] * pathsFrom[node.id()] == pathsTo[output.id()]) {
                narrowest = Math.min(narrowest, node.shape().elements());
            }
        }
        return narrowest;
    }
}
