package dev.tally.planning.alternative;

import dev.tally.network.Layout;
import dev.tally.network.Padding;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One axis after the other: k×1, then 1×k; one layer for each axis along which the kernel is wider than 1. Each has its
 * axis's stride, dilation and padding, the first also those of axes along which the kernel is not.
 */
record Asymmetric() implements Rewrite {
    @Override
    public Proposal propose(Target target, List<Integer> widths) {
        Proposal refused = Rewrite.unlessConvolving(target);
        if (refused != null) {
            return refused;
        }
        return wideAxes(target).size() >= 2
                ? Proposal.ONCE
                : Proposal.refused("a kernel wider than 1 along at least two axes", Windows.text(target.kernel()));
    }

    private static List<Integer> wideAxes(Target target) {
        List<Integer> wide = new ArrayList<>();
        for (int i = 0; i < target.kernel().size(); i++) {
            if (target.kernel().get(i) > 1) {
                wide.add(i);
            }
        }
        return wide;
    }

    @Override
    public List<Piece> pieces(Target target, int number) {
        List<Integer> wide = wideAxes(target);
        Shape input = target.node().input();
        Layout layout = target.whole().network().layout();
        List<Piece> pieces = new ArrayList<>();
        String from = Piece.INPUT;
        for (int along : wide) {
            boolean first = along == wide.getFirst();
            List<WindowAxis> axes = new ArrayList<>();
            List<Integer> sizes =
                    new ArrayList<>(Collections.nCopies(target.kernel().size(), 1));
            sizes.set(along, target.kernel().get(along));
            for (int i = 0; i < target.kernel().size(); i++) {
                WindowAxis axis = target.window().axes().get(i);
                boolean own = i == along || (first && !wide.contains(i));
                axes.add(own ? axis : still(target.window().axes().get(along).padding()));
            }
            Window window = Windows.writable(axes, input, layout);
            Piece piece = Piece.like(target, Windows.name(sizes), window, from, along == wide.getLast());
            input = piece.layer().output(List.of(input), layout);
            pieces.add(piece);
            from = piece.suffix();
        }
        return pieces;
    }

    /** A window that leaves an axis as it is. "Same" padding of it is none, and is written as one word for all axes. */
    private static WindowAxis still(Padding padding) {
        return new WindowAxis(1, 1, 1, padding instanceof Padding.Same ? padding : Padding.VALID);
    }
}
