package dev.tally.planning.alternative;

import dev.tally.network.Convolution;
import dev.tally.network.DepthwiseConvolution;
import java.util.List;

/** The same layer, its channels in groups: every filter sees those of its own. */
record Grouped() implements Rewrite {
    private static final List<Integer> GROUPS = List.of(2, 4, 8, 16, 32);

    @Override
    public Proposal propose(Target target, List<Integer> widths) {
        Proposal refused = Rewrite.unlessConvolving(target);
        if (refused != null) {
            return refused;
        }
        if (target.layer() instanceof DepthwiseConvolution) {
            return Proposal.refused("a convolution", "a depthwise one, in which each channel is a group");
        }
        List<Integer> groups = GROUPS.stream()
                .filter(each -> each > target.groups() && target.channels() % each == 0 && target.filters() % each == 0)
                .toList();
        return groups.isEmpty()
                ? Proposal.refused(
                        "channels and filters that 2, 4, 8, 16 or 32 divides, more than there are groups already",
                        target.channels() + " channels, " + target.filters() + " filters, "
                                + (target.groups() == 1 ? "1 group" : target.groups() + " groups"))
                : new Proposal.Designs(groups);
    }

    @Override
    public List<Piece> pieces(Target target, int groups) {
        return List.of(Piece.of(
                "grouped", new Convolution(target.filters(), target.window(), groups, target.bias()), Piece.INPUT));
    }
}
