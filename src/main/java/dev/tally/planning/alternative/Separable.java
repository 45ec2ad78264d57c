package dev.tally.planning.alternative;

import dev.tally.network.Convolution;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Window;
import java.util.List;

/**
 * A depthwise convolution with the layer's window, without bias, then a 1×1 convolution that brings channels together.
 */
record Separable() implements Rewrite {
    @Override
    public Proposal propose(Target target, List<Integer> widths) {
        Proposal refused = Rewrite.unlessWide(target);
        return refused == null ? Proposal.ONCE : refused;
    }

    @Override
    public List<Piece> pieces(Target target, int number) {
        Window one = Windows.pointwise(target.window().rank());
        return List.of(
                Piece.of("depthwise", new DepthwiseConvolution(1, target.window(), false), Piece.INPUT),
                Piece.of("pointwise", new Convolution(target.filters(), one, 1, target.bias()), "depthwise"));
    }
}
