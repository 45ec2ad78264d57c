package dev.tally.planning.alternative;

import dev.tally.network.Layout;
import dev.tally.network.Padding;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Layers of 3×3 on each other, as many as see what the layer sees: two for a 5×5, three for a 7×7. All have its
 * dilation, the last its stride; its padding is shared out, the first ones having the odd elements.
 */
record Stacked() implements Rewrite {
    /** Of larger kernels there would be a network of 3×3 layers. */
    private static final int LARGEST = 31;

    @Override
    public Proposal propose(Target target, List<Integer> widths) {
        Proposal refused = Rewrite.unlessConvolving(target);
        if (refused != null) {
            return refused;
        }
        int size = target.kernel().getFirst();
        boolean square = target.kernel().stream().allMatch(each -> each == size);
        return square && size % 2 == 1 && size >= 5 && size <= LARGEST
                ? Proposal.ONCE
                : Proposal.refused("an odd square kernel from 5 to " + LARGEST, Windows.text(target.kernel()));
    }

    @Override
    public List<Piece> pieces(Target target, int number) {
        int layers = (target.kernel().getFirst() - 1) / 2;
        int rank = target.window().rank();
        String three = Windows.name(Collections.nCopies(rank, 3));
        List<Piece> pieces = new ArrayList<>();
        Shape input = target.node().input();
        Layout layout = target.whole().network().layout();
        String from = Piece.INPUT;
        for (int layer = 1; layer <= layers; layer++) {
            List<WindowAxis> axes = new ArrayList<>();
            for (int i = 0; i < rank; i++) {
                WindowAxis axis = target.window().axes().get(i);
                int stride = layer == layers ? axis.stride() : 1;
                axes.add(new WindowAxis(
                        3,
                        stride,
                        axis.dilation(),
                        padding(axis, target.inputPositions().get(i), layer, layers)));
            }
            Window window = Windows.writable(axes, input, layout);
            Piece piece = Piece.like(target, three + "_" + layer, window, from, layer == layers);
            input = piece.layer().output(List.of(input), layout);
            pieces.add(piece);
            from = piece.suffix();
        }
        return pieces;
    }

    /**
     * One layer's part of the padding. Whatever is shared out adds up to the whole, and never leaves less of the input
     * than a layer needs: cumulatively each has at least its even share. "Same" padding stays that where it comes to
     * the same.
     */
    private static Padding padding(WindowAxis axis, int size, int layer, int layers) {
        long before = axis.before(size);
        long after = axis.after(size);
        if (axis.padding() instanceof Padding.Same) {
            WindowAxis last = new WindowAxis(3, axis.stride(), axis.dilation(), axis.padding());
            long others = (layers - 1L) * axis.dilation();
            if (last.before(size) + others == before && last.after(size) + others == after) {
                return axis.padding();
            }
        }
        return new Explicit(share(before, layer, layers), share(after, layer, layers));
    }

    private static int share(long padding, int layer, int layers) {
        return Math.toIntExact(
                Math.ceilDiv(padding * layer, (long) layers) - Math.ceilDiv(padding * (layer - 1), (long) layers));
    }
}
