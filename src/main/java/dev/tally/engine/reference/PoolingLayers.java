package dev.tally.engine.reference;

import dev.tally.network.AdaptivePooling;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.WindowAxis;

/** One number made of those that a window covers. */
final class PoolingLayers {
    private PoolingLayers() {}

    static Values pool(Pooling layer, Operands on) {
        Taps taps = Taps.sliding(layer.window(), on.node().input(), on.node().shape(), on.layout());
        Values input = on.input();
        Grid output = on.outputGrid();
        long stride = on.channelStride();
        int channelAxis = on.channelAxis();
        return index -> {
            int[] at = output.coordinates(index);
            long position = 0;
            for (int axis = 0; axis < at.length; axis++) {
                position = axis == channelAxis ? position : position * output.size(axis) + at[axis];
            }
            long offset = at[channelAxis] * stride;
            Met met = new Met();
            taps.each(position, (_, place) -> {
                if (place >= 0) {
                    met.add(input.at(place + offset));
                }
            });
            if (layer.reduction() == Reduction.AVERAGE && layer.countIncludePad()) {
                met.count = tapsInPadded(layer, on, at);
            }
            return met.reduced(layer.reduction());
        };
    }

    /** The taps that read the input or its padding, and not what ceil mode lets the last window reach beyond it. */
    private static long tapsInPadded(Pooling layer, Operands on, int[] at) {
        long taps = 1;
        for (int i = 0; i < layer.window().rank(); i++) {
            WindowAxis axis = layer.window().axes().get(i);
            int size = on.layout().spatial(on.node().input(), i);
            long first = (long) at[Grid.axis(on.layout().spatialAxis(i))] * axis.stride();
            long left = axis.before(size) + size + axis.after(size) - first;
            taps *= Math.min(axis.kernel(), Math.ceilDiv(left, axis.dilation()));
        }
        return taps;
    }

    static Values adaptive(AdaptivePooling layer, Operands on) {
        Grid input = on.inputGrid();
        Grid output = on.outputGrid();
        int spatial = on.node().input().rank() - 1;
        return index -> {
            int[] at = output.coordinates(index);
            int[] from = new int[input.rank()];
            int[] to = new int[input.rank()];
            from[0] = at[0];
            to[0] = at[0] + 1;
            // A global pool that drops the spatial axes leaves the channels alone.
            from[on.channelAxis()] = at[at.length == 2 ? 1 : on.channelAxis()];
            to[on.channelAxis()] = from[on.channelAxis()] + 1;
            for (int i = 0; i < spatial; i++) {
                int axis = Grid.axis(on.layout().spatialAxis(i));
                long window = layer.global() ? 0 : at[axis];
                int windows = layer.global() ? 1 : layer.outputSize().get(i);
                from[axis] = (int) (window * input.size(axis) / windows);
                to[axis] = (int) Math.ceilDiv((window + 1) * input.size(axis), windows);
            }
            Met met = new Met();
            input.each(from, to, place -> met.add(on.input().at(place)));
            return met.reduced(layer.reduction());
        };
    }

    /** What has been met so far. */
    static final class Met {
        private double greatest = Double.NEGATIVE_INFINITY;
        private double sum;
        private long count;

        void add(double value) {
            greatest = Math.max(greatest, value);
            sum += value;
            count++;
        }

        double greatest() {
            return greatest;
        }

        double sum() {
            return sum;
        }

        /** The mean of nothing is 0. */
        double mean() {
            return count == 0 ? 0 : sum / count;
        }

        double reduced(Reduction reduction) {
            return switch (reduction) {
                case MAXIMUM -> greatest;
                case AVERAGE -> mean();
            };
        }
    }
}
