package dev.tally.planning.alternative;

import dev.tally.network.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * What could stand in a layer's place.
 *
 * @param layer the layer
 * @param followers what is fused into it, in order
 * @param original the layer with those, by itself
 * @param alternatives by kind, in the order in which those were asked for, then by width or groups
 * @param breakEvens up to which widths the bottlenecks among the kinds pay
 * @param refusals the kinds that cannot apply
 */
public record LayerAlternatives(
        Node layer,
        List<Node> followers,
        Part original,
        List<Alternative> alternatives,
        List<BreakEven> breakEvens,
        List<Refusal> refusals) {
    public LayerAlternatives {
        followers = List.copyOf(followers);
        alternatives = List.copyOf(alternatives);
        breakEvens = List.copyOf(breakEvens);
        refusals = List.copyOf(refusals);
    }

    /** {@return its designs: the layer as it is, then its alternatives in order} */
    public List<Contender> designs() {
        List<Contender> designs = new ArrayList<>();
        designs.add(new Contender(layer, original, null));
        alternatives.forEach(alternative -> designs.add(new Contender(layer, alternative.part(), original)));
        return designs;
    }

    /**
     * A kind that cannot apply to the layer, or not at some width.
     *
     * @param reason what was expected and what came
     */
    public record Refusal(Kind kind, String reason) {}
}
