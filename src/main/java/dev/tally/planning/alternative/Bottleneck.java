package dev.tally.planning.alternative;

import dev.tally.network.Convolution;
import dev.tally.network.Dense;
import dev.tally.network.Padding;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import dev.tally.planning.Figure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 1×1 convolution to fewer channels, then the layer on those; of a dense layer, two dense layers. With early stride
 * the 1×1 takes the layer's stride, and the layer's kernel slides by 1 over what that leaves.
 *
 * @param earlyStride whether the 1×1 takes the stride
 */
record Bottleneck(boolean earlyStride) implements Rewrite {
    @Override
    public Proposal propose(Target target, List<Integer> widths) {
        Proposal refused = refused(target);
        if (refused != null) {
            return refused;
        }
        if (!widths.isEmpty()) {
            return new Proposal.Designs(widths);
        }
        Growth multiplies = growths(target).getFirst();
        return multiplies.breakEven() == 0
                ? new Proposal.Refused("no width has fewer multiplies than the layer: " + multiplies.formula())
                : new Proposal.Designs(Widths.upTo(multiplies.breakEven(), target.channels()));
    }

    private @Nullable Proposal refused(Target target) {
        if (target.layer() instanceof Dense && !earlyStride) {
            return null;
        }
        Proposal refused = Rewrite.unlessUngrouped(target);
        return refused == null && earlyStride ? unlessStrideCanMove(target) : refused;
    }

    private static @Nullable Proposal unlessStrideCanMove(Target target) {
        List<Integer> strides =
                target.window().axes().stream().map(WindowAxis::stride).toList();
        if (strides.stream().allMatch(stride -> stride == 1)) {
            return Proposal.refused("a stride above 1", Windows.text(strides));
        }
        List<Integer> strided = Windows.strided(target);
        return strided.equals(target.outputPositions())
                ? null
                : Proposal.refused(
                        "an output of " + Windows.text(strided) + ", which a 1×1 of stride " + Windows.text(strides)
                                + " gives",
                        Windows.text(target.outputPositions()));
    }

    @Override
    public List<Piece> pieces(Target target, int width) {
        if (target.layer() instanceof Dense dense) {
            return List.of(
                    Piece.of("reduce", new Dense(width, dense.bias()), Piece.INPUT),
                    Piece.of("expand", dense, "reduce"));
        }
        Window window = target.window();
        Window first = earlyStride ? Windows.striding(window) : Windows.pointwise(window.rank());
        return List.of(
                Piece.of("reduce", new Convolution(width, first, 1, target.bias()), Piece.INPUT),
                Piece.of(
                        "expand",
                        new Convolution(
                                target.filters(), earlyStride ? withoutStride(window) : window, 1, target.bias()),
                        "reduce"));
    }

    private static Window withoutStride(Window window) {
        return new Window(window.axes().stream()
                .map(axis -> new WindowAxis(axis.kernel(), 1, axis.dilation(), Padding.SAME))
                .toList());
    }

    /**
     * A channel of the width is made of all channels at each position, has its batch norm and activation there, and is
     * seen by every tap of every filter. What the layer costs is the same with all of its channels in place of one, and
     * no 1×1.
     */
    @Override
    public List<Growth> growths(Target target) {
        List<Integer> outputs = target.outputPositions();
        List<Integer> positions = earlyStride ? outputs : target.inputPositions();
        List<Integer> seen = new ArrayList<>(target.kernel());
        seen.add(target.filters());
        long channels = target.channels();
        Target.FollowersParameters followers = target.followersParameters();
        long weights = Math.multiplyExact(channels, Growth.Term.product(seen).value());
        List<Integer> seenEverywhere = new ArrayList<>(outputs);
        seenEverywhere.addAll(seen);
        return List.of(
                new Growth(
                        Figure.MULTIPLIES,
                        target.ownMultiplies(),
                        List.of(
                                new Growth.Term(positions, List.of(channels, target.followersMultiplies())),
                                Growth.Term.product(seenEverywhere))),
                new Growth(
                        Figure.PARAMETERS,
                        weights - followers.constant(),
                        List.of(
                                new Growth.Term(
                                        List.of(), List.of(channels, target.bias() ? 1L : 0L, followers.perChannel())),
                                Growth.Term.product(seen))));
    }
}
