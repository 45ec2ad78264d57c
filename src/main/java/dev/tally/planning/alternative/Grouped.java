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
        if (!groups.isEmpty()) {
            return new Proposal.Designs(groups);
        }
        String more = target.groups() == 1 ? "" : "more than " + target.groups() + " groups, of ";
        return Proposal.refused(
                "channels and filters that " + more + "2, 4, 8, 16 or 32 divides",
                target.channels() + " and " + target.filters());
    }

    @Override
    public List<Piece> pieces(Target target, int groups) {
        return List.of(Piece.of(
                "grouped", new Convolution(target.filters(), target.window(), groups, target.bias()), Piece.INPUT));
    }
}
