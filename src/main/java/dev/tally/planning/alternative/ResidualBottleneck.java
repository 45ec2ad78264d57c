package dev.tally.planning.alternative;

import dev.tally.network.Convolution;
import dev.tally.network.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The bottleneck of a residual network: a 1×1 convolution to a quarter of the filters, the layer's window on those, a
 * 1×1 back to all filters, and what came in added to that; through a 1×1 of its own where the shapes differ. As in
 * ResNet the activation comes after the sum: nothing follows the two that are added.
 */
record ResidualBottleneck() implements Rewrite {
    private static final int NARROWER = 4;

    @Override
    public Proposal propose(Target target, List<Integer> widths) {
        Proposal refused = Rewrite.unlessWide(target);
        if (refused != null) {
            return refused;
        }
        if (target.filters() < NARROWER) {
            return Proposal.refused("at least " + NARROWER + " filters", target.filters());
        }
        List<Integer> shortcut = Windows.strided(target);
        return shortcut.equals(target.outputPositions())
                ? new Proposal.Designs(List.of(target.filters() / NARROWER))
                : Proposal.refused(
                        "an output of " + Windows.text(shortcut) + ", which the shortcut gives",
                        Windows.text(target.outputPositions()));
    }

    @Override
    public List<Piece> pieces(Target target, int width) {
        Window window = target.window();
        Window one = Windows.pointwise(window.rank());
        boolean bias = target.bias();
        String kernel = Windows.name(target.kernel());
        List<Piece> pieces = new ArrayList<>(List.of(
                Piece.of("reduce", new Convolution(width, one, 1, bias), Piece.INPUT),
                Piece.of(kernel, new Convolution(width, window, 1, bias), "reduce"),
                Piece.of("expand", new Convolution(target.filters(), one, 1, bias), kernel)
                        .bare()));
        String shortcut = Piece.INPUT;
        if (!target.node().input().equals(target.node().shape())) {
            Window striding = Windows.striding(window);
            shortcut = "shortcut";
            pieces.add(Piece.of(shortcut, new Convolution(target.filters(), striding, 1, bias), Piece.INPUT)
                    .bare());
        }
        pieces.add(Piece.add("sum", "expand", shortcut));
        return pieces;
    }
}
