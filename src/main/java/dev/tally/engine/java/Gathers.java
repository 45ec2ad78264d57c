package dev.tally.engine.java;

import dev.tally.kernel.operator.PlaneGather;
import dev.tally.network.Node;
import dev.tally.network.Pad;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Resampling;
import dev.tally.network.Resize;
import dev.tally.network.Upsample;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Layers that take, for each place along a spatial axis, what stands at a place of the input. */
final class Gathers {
    private static final int AXES = 3;

    private Gathers() {}

    /** For each of the spatial axes, from which place of an input of a size the output's places come. */
    private interface Places {
        IntUnaryOperator along(int axis, int size);
    }

    /** {@return margins; null where there are more than three spatial axes} */
    static @Nullable Maker of(Pad layer, Node node) {
        int axes = node.input().rank() - 1;
        return gather(node, (axis, size) -> {
            int before = Explicit.of(layer.padding(), axis, axes).before();
            int last = size - 1;
            return i -> switch (layer.mode()) {
                case ZEROS -> i >= before && i - before <= last ? i - before : PlaneGather.ZERO;
                case REFLECT -> last - Math.abs(last - Math.abs(i - before));
                case REPLICATE -> Math.clamp((long) i - before, 0, last);
            };
        });
    }

    /** {@return the nearest elements repeated; null for other ways} */
    static @Nullable Maker of(Resampling layer, Node node) {
        return switch (layer) {
            case Upsample(var scale, var interpolation) ->
                interpolation == Resampling.Interpolation.NEAREST
                        ? gather(node, (axis, _) -> i -> i / (scale.size() == 1 ? scale.getFirst() : scale.get(axis)))
                        : null;
            case Resize _ -> null;
        };
    }

    private static @Nullable Maker gather(Node node, Places places) {
        int axes = node.input().rank() - 1;
        if (axes > AXES) {
            return null;
        }
        return on -> {
            int[] in = on.storage().spatial(on.shape());
            int[] out = on.storage().spatial(node.shape());
            int[][] tables = {{0}, {0}, {0}};
            for (int i = AXES - axes; i < AXES; i++) {
                tables[i] = IntStream.range(0, out[i])
                        .map(places.along(i - (AXES - axes), in[i]))
                        .toArray();
            }
            return new PlaneGather(on.input(), on.output(), on.planes(), in, tables, on.pool());
        };
    }
}
