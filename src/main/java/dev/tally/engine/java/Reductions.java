package dev.tally.engine.java;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.operator.AxisReduction;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.operator.StridedCopy;
import dev.tally.network.Reduce;
import dev.tally.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** One number made of all elements along some axes: along those that lie beside each other at once. */
final class Reductions {
    private final Reduce layer;
    private final Step on;
    private final List<Integer> axes;
    private final boolean[] reduced;
    private final int[] sizes;
    private final List<Operator> steps = new ArrayList<>();

    private Reductions(Reduce layer, Step on) {
        this.layer = layer;
        this.on = on;
        this.axes = on.storage().axes(on.shape().rank());
        this.reduced = layer.reduced(on.shape(), on.storage().layout());
        this.sizes = axes.stream().mapToInt(on.shape()::size).toArray();
    }

    static Operator of(Reduce layer, Step on) {
        return new Reductions(layer, on).make();
    }

    private Operator make() {
        double count = 1;
        int left = 0;
        for (int i = 0; i < sizes.length; i++) {
            boolean begins = isReduced(i) && (i == 0 || !isReduced(i - 1));
            count *= isReduced(i) ? sizes[i] : 1;
            left += begins ? 1 : 0;
        }
        Shape result = on.node().shape();
        boolean moved = !liesAsTheResult(result);
        Buffer from = on.input();
        for (int end = sizes.length; end > 0; end--) {
            if (!isReduced(end - 1)) {
                continue;
            }
            int begin = end - 1;
            while (begin > 0 && isReduced(begin - 1)) {
                begin--;
            }
            left--;
            int outer = Math.multiplyExact(on.storage().batch(), product(0, begin));
            int inner = product(end, sizes.length);
            Buffer to =
                    left == 0 && !moved ? on.output() : on.setting().workspace().allocate((long) outer * inner);
            steps.add(new AxisReduction(
                    from,
                    to,
                    outer,
                    product(begin, end),
                    inner,
                    layer.operator() == Reduce.Operator.MAXIMUM,
                    left == 0 && layer.operator() == Reduce.Operator.MEAN ? count : 1,
                    on.pool()));
            for (int i = begin; i < end; i++) {
                sizes[i] = 1;
            }
            from = to;
            end = begin + 1;
        }
        if (moved) {
            steps.add(new StridedCopy(
                    Views.inOrderOf(result, on.storage(), from, 0, result.elements(), apart()),
                    on.output(),
                    on.pool()));
        }
        return () -> steps.forEach(Operator::run);
    }

    private boolean isReduced(int place) {
        return reduced[axes.get(place)];
    }

    private int product(int from, int to) {
        int product = 1;
        for (int i = from; i < to; i++) {
            product = Math.multiplyExact(product, sizes[i]);
        }
        return product;
    }

    /** {@return how far what is left is apart along each axis of the result, which may have its channels elsewhere} */
    private long[] apart() {
        long[] ofInput = new long[sizes.length];
        long stride = 1;
        for (int axis : axes.reversed()) {
            ofInput[axis] = stride;
            stride *= reduced[axis] ? 1 : on.shape().size(axis);
        }
        long[] apart = new long[on.node().shape().rank()];
        int next = 0;
        for (int axis = 0; axis < reduced.length; axis++) {
            if (!reduced[axis] || layer.keepDimensions()) {
                apart[next] = ofInput[axis];
                next++;
            }
        }
        return apart;
    }

    private boolean liesAsTheResult(Shape result) {
        long[] strides = on.storage().strides(result);
        long[] apart = apart();
        for (int axis = 0; axis < strides.length; axis++) {
            if (result.size(axis) > 1 && strides[axis] != apart[axis]) {
                return false;
            }
        }
        return true;
    }
}
