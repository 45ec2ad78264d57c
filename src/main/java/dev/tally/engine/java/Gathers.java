package dev.tally.engine.java;

import dev.tally.kernel.operator.PlaneGather;
import dev.tally.network.Node;
import dev.tally.network.Pad;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Resampling;
import dev.tally.network.Resampling.Interpolation;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Layers that take, for each place along a spatial axis, what stands at a place of the input. */
final class Gathers {
    private Gathers() {}

    /** For each of the spatial axes, from which place of an input of a size the output's places come. */
    private interface Places {
        IntUnaryOperator along(int axis, int in, int out);
    }

    /** {@return margins} */
    static Maker of(Pad layer, Node node) {
        int axes = node.input().rank() - 1;
        return gather((axis, size, _) -> {
            int before = Explicit.of(layer.padding(), axis, axes).before();
            int last = size - 1;
            return i -> switch (layer.mode()) {
                case ZEROS -> i >= before && i - before <= last ? i - before : PlaneGather.ZERO;
                case REFLECT -> last - Math.abs(last - Math.abs(i - before));
                case REPLICATE -> Math.clamp((long) i - before, 0, last);
            };
        });
    }

    /** {@return the nearest elements repeated, or what is interpolated between them} */
    static Maker of(Resampling layer) {
        return layer.interpolation() == Interpolation.NEAREST
                ? gather((_, in, out) -> i -> (int) ((long) i * in / out))
                : on -> Interpolations.of(layer.interpolation(), on);
    }

    private static Maker gather(Places places) {
        return on -> SpatialAxes.byThree(on, (from, to, planes, axes) -> {
            int[] sizes = new int[axes.length];
            int[][] tables = new int[axes.length][];
            for (int i = 0; i < axes.length; i++) {
                SpatialAxes.Along along = axes[i];
                sizes[i] = along.in();
                IntUnaryOperator place = along.axis() == SpatialAxes.NONE
                        ? IntUnaryOperator.identity()
                        : places.along(along.axis(), along.in(), along.out());
                tables[i] = IntStream.range(0, along.out()).map(place).toArray();
            }
            return new PlaneGather(from, to, planes, sizes, tables, on.pool());
        });
    }
}
