package dev.tally.planning.alternative;

import dev.tally.network.Convolution;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a kind of alternative designs a layer anew. */
sealed interface Rewrite permits Asymmetric, Bottleneck, Grouped, ResidualBottleneck, Separable, Stacked {
    /**
     * {@return whether it can take the place of a layer}
     *
     * @param widths the widths that are asked for; none for those that pay
     */
    Proposal propose(Target target, List<Integer> widths);

    /**
     * {@return the layers that take the place of one}
     *
     * @param number one of those that were proposed
     */
    List<Piece> pieces(Target target, int number);

    /** {@return up to which width it pays; nothing where it has no width} */
    default List<Growth> growths(Target target) {
        return List.of();
    }

    /** {@return what is wrong with a layer for what only works on convolutions of one group; null where nothing is} */
    static @Nullable Proposal unlessUngrouped(Target target) {
        return switch (target.layer()) {
            case Convolution convolution when convolution.groups() == 1 -> null;
            case Convolution convolution -> Proposal.refused("1 group", convolution.groups());
            case DepthwiseConvolution _ ->
                Proposal.refused("a convolution", "a depthwise one, in which channels do not meet");
            default -> unlessConvolving(target);
        };
    }

    /**
     * {@return what is wrong with a layer for what works on convolutions, depthwise ones too; null where nothing is}
     */
    static @Nullable Proposal unlessConvolving(Target target) {
        return target.layer() instanceof Dense ? Proposal.refused("a convolution", "a dense layer") : null;
    }

    /** {@return what is wrong with a layer for what has its kernel apart from its channels; null where nothing is} */
    static @Nullable Proposal unlessWide(Target target) {
        Proposal refused = unlessUngrouped(target);
        return refused != null || target.window().taps() > 1
                ? refused
                : Proposal.refused("a kernel wider than 1", Windows.text(target.kernel()));
    }
}
