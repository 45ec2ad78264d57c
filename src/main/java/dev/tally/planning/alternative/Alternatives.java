package dev.tally.planning.alternative;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.network.InvalidLayerException;
import dev.tally.network.InvalidNetworkException;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Subnetworks;
import dev.tally.network.Subnetworks.Step;
import dev.tally.planning.alternative.LayerAlternatives.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layers of a network, and what could stand in their place. */
public final class Alternatives {
    private static final String TOO_LARGE = "expected counts up to 2^63-1 and sizes up to 2^31-1, got larger ones";

    private final Analysis analysis;
    private final Whole whole;
    private final Map<String, Step> steps = new HashMap<>();

    /** The alternatives of a network that is counted. */
    public Alternatives(Analysis analysis) {
        this.analysis = analysis;
        this.whole = new Whole(analysis);
        for (Step step : Subnetworks.of(analysis.network())) {
            if (Target.suits(step.first().layer())) {
                steps.put(step.first().name(), step);
            }
        }
    }

    /** {@return why a layer has no alternatives whatever the kind; null where it may have some} */
    public @Nullable String reasonAgainst(Node layer) {
        if (!Target.suits(layer.layer())) {
            return "expected a convolution, a depthwise convolution or a dense layer, got " + layer.type();
        }
        return whole.isStored(layer.from().getFirst())
                ? "expected a layer that sees the network's input, got one that takes a learned tensor"
                : null;
    }

    /**
     * {@return what could stand in a layer's place}
     *
     * @param layer one that there is no {@linkplain #reasonAgainst reason against}
     * @throws dev.tally.analysis.CountOverflowException if a count of the layer with what is fused into it is over
     *     2^63-1
     */
    public LayerAlternatives of(Node layer, Wish wish) {
        Step step = steps.get(layer.name());
        if (step == null) {
            throw new IllegalArgumentException(layer + ": " + reasonAgainst(layer));
        }
        Target target = new Target(whole, step);
        List<Alternative> alternatives = new ArrayList<>();
        List<BreakEven> breakEvens = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (Kind kind : wish.kinds()) {
            try {
                switch (kind.rewrite().propose(target, wish.widths())) {
                    case Proposal.Refused(String reason) -> refusals.add(new Refusal(kind, reason));
                    case Proposal.Designs(List<Integer> numbers) -> {
                        int before = alternatives.size();
                        numbers.forEach(number -> design(target, kind, number, alternatives, refusals));
                        if (alternatives.size() > before) {
                            breakEvens.addAll(breakEvens(target, kind));
                        }
                    }
                }
            } catch (ArithmeticException | InvalidLayerException | InvalidNetworkException e) {
                refusals.add(new Refusal(kind, TOO_LARGE));
            }
        }
        return new LayerAlternatives(
                step.first(), target.followers(), target.original(), alternatives, breakEvens, refusals);
    }

    private static void design(
            Target target, Kind kind, int number, List<Alternative> alternatives, List<Refusal> refusals) {
        String at = kind.parameter() == Kind.Parameter.NONE ? "" : "at " + number + ": ";
        try {
            Replacement replacement = Replacement.of(target, kind.rewrite().pieces(target, number));
            if (target.whole().isFullWith(replacement)) {
                refusals.add(new Refusal(
                        kind,
                        at + "expected a network of at most " + Network.MAX_LAYERS + " layers that take at most "
                                + Network.MAX_EDGES + " inputs, got one that would have more"));
            } else {
                alternatives.add(Alternative.of(target, kind, number, replacement));
            }
        } catch (ArithmeticException | InvalidLayerException | InvalidNetworkException e) {
            refusals.add(new Refusal(kind, at + TOO_LARGE));
        }
    }

    private static List<BreakEven> breakEvens(Target target, Kind kind) {
        return kind.rewrite().growths(target).stream()
                .map(growth -> BreakEven.of(target, kind, growth))
                .toList();
    }

    /**
     * {@return the alternatives of the layers that take the most multiplies, of those that have any; the costliest
     * first, fewer where not so many have}
     */
    public List<LayerAlternatives> ofCostliest(int layers, Wish wish) {
        List<Node> costliest = analysis.layers().stream()
                .filter(layer -> reasonAgainst(layer.node()) == null)
                .sorted(Comparator.comparingLong(
                                (LayerAnalysis layer) -> layer.operations().multiplies())
                        .reversed())
                .map(LayerAnalysis::node)
                .toList();
        List<LayerAlternatives> found = new ArrayList<>();
        for (Node layer : costliest) {
            LayerAlternatives alternatives = of(layer, wish);
            if (!alternatives.alternatives().isEmpty()) {
                found.add(alternatives);
            }
            if (found.size() == layers) {
                break;
            }
        }
        return found;
    }
}
