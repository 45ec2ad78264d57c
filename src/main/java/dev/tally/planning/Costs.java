package dev.tally.planning;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.analysis.OtherOperations;
import dev.tally.analysis.Totals;
import dev.tally.measurement.Cost;
import dev.tally.network.Convolution;
import dev.tally.network.Layout;
import dev.tally.network.Liveness.Role;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.TransposedConvolution;

/** From counts to what a measurement will cost. */
public final class Costs {
    /** Filters and channels that a convolution needs to fill vectors; with fewer it is as slow as if it had none. */
    private static final int WIDE = 8;

    private Costs() {}

    /** {@return what a network's measurement is estimated from} */
    public static Cost of(Analysis analysis) {
        Totals totals = analysis.totals();
        double fast = 0;
        double slow = 0;
        double bytes = totals.bytesMoved();
        int steps = 0;
        for (LayerAnalysis layer : analysis.layers()) {
            steps += layer.role() == Role.STEP ? 1 : 0;
            slow += others(layer.operations().other());
            if (isNarrow(layer.node(), analysis.network().layout())) {
                slow += layer.flops();
            } else {
                fast += layer.flops() * spread(layer.node(), analysis.network().layout());
            }
            bytes += columns(layer.node(), analysis.network());
        }
        return new Cost(fast, slow, bytes, totals.weightBytes(), totals.peakActivationBytes(), steps);
    }

    private static double others(OtherOperations other) {
        return (double) other.comparisons()
                + other.divisions()
                + other.exponentials()
                + other.logarithms()
                + other.powers()
                + other.errorFunctions();
    }

    private static boolean isNarrow(Node node, Layout layout) {
        return node.layer() instanceof Convolution convolution
                && convolution.filters() / convolution.groups() < WIDE
                && layout.channels(node.input()) / convolution.groups() < WIDE;
    }

    /**
     * A transposed convolution is as much work as one whose window slides over its output, zeros between the elements.
     */
    private static double spread(Node node, Layout layout) {
        return node.layer() instanceof TransposedConvolution
                ? Math.max(1, positions(node.shape(), layout) / positions(node.input(), layout))
                : 1;
    }

    private static double positions(Shape shape, Layout layout) {
        return (double) shape.elements() / layout.channels(shape);
    }

    /** What every element that a transposed convolution takes spreads, written and read before it is added up. */
    private static double columns(Node node, Network network) {
        if (!(node.layer() instanceof TransposedConvolution transposed)) {
            return 0;
        }
        double positions = positions(node.input(), network.layout());
        return 2.0
                * Float.BYTES
                * network.batch()
                * positions
                * transposed.filters()
                * transposed.window().taps();
    }
}
