package dev.tally.engine.java;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.operator.Span;
import dev.tally.kernel.operator.WindowReduction;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.WindowAxis;

/** Pools. */
final class Pools {
    private static final int AXES = 3;

    private Pools() {}

    static Maker of(Pooling layer) {
        return on -> {
            int[] in = on.storage().spatial(on.shape());
            int[] out = on.storage().spatial(on.node().shape());
            Span[] spans = none();
            int missing = AXES - layer.window().rank();
            for (int i = missing; i < AXES; i++) {
                WindowAxis axis = layer.window().axes().get(i - missing);
                spans[i] = Span.sliding(
                        in[i],
                        out[i],
                        axis.kernel(),
                        axis.stride(),
                        axis.dilation(),
                        axis.before(in[i]),
                        axis.after(in[i]),
                        layer.countIncludePad());
            }
            return reduction(layer.reduction(), spans, on.input(), on.output(), on.planes(), on);
        };
    }

    /** {@return an adaptive pool} */
    static Maker of(AdaptivePooling layer) {
        if (!layer.global()) {
            return on -> SpatialAxes.byThree(on, (from, to, planes, axes) -> {
                Span[] spans = new Span[AXES];
                for (int i = 0; i < AXES; i++) {
                    spans[i] = Span.adaptive(axes[i].in(), axes[i].out());
                }
                return reduction(layer.reduction(), spans, from, to, planes, on);
            });
        }
        return on -> {
            Span[] spans = none();
            // Rows, and what they stand in, however many axes those are.
            int row = on.shape().size(on.storage().axes(on.shape().rank()).getLast());
            int rows = Math.toIntExact(on.storage().plane(on.shape()) / row);
            spans[1] = Span.adaptive(rows, 1);
            spans[2] = Span.adaptive(row, 1);
            return reduction(layer.reduction(), spans, on.input(), on.output(), on.planes(), on);
        };
    }

    private static Span[] none() {
        return new Span[] {Span.NONE, Span.NONE, Span.NONE};
    }

    private static Operator reduction(Reduction reduction, Span[] spans, Buffer from, Buffer to, int planes, Step on) {
        return new WindowReduction(
                from, to, planes, spans[0], spans[1], spans[2], reduction == Reduction.MAXIMUM, on.pool());
    }
}
