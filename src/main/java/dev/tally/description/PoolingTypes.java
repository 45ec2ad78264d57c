package dev.tally.description;

import static dev.tally.description.Attributes.CEIL_MODE;
import static dev.tally.description.Attributes.COUNT_INCLUDE_PAD;
import static dev.tally.description.Attributes.DILATION;
import static dev.tally.description.Attributes.KEEP_DIMENSIONS;
import static dev.tally.description.Attributes.KERNEL;
import static dev.tally.description.Attributes.OUTPUT_SIZE;
import static dev.tally.description.Attributes.PADDING;
import static dev.tally.description.Attributes.POOL_STRIDE;

import dev.tally.network.AdaptivePooling;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import java.util.ArrayList;
import java.util.List;

/** The pools of the table of layer types. */
final class PoolingTypes {
    private PoolingTypes() {}

    static LayerType<Pooling> sliding(Reduction reduction, int rank) {
        boolean maximum = reduction == Reduction.MAXIMUM;
        String name = maximum ? "max_pool" : "avg_pool";
        String longName = maximum ? "max_pooling" : "average_pooling";
        List<Attribute<?>> attributes = new ArrayList<>(List.of(KERNEL, POOL_STRIDE, PADDING, DILATION, CEIL_MODE));
        if (!maximum) {
            attributes.add(COUNT_INCLUDE_PAD);
        }
        return LayerType.of(
                name + rank + "d",
                rank == 2
                        ? List.of(name, longName + "2d", maximum ? "pool" : "average_pool")
                        : List.of(longName + rank + "d"),
                (maximum ? "The maximum" : "The average") + " of each window over " + Windows.axes(rank) + ".",
                maximum
                        ? "an output element: taps - 1 comparisons"
                        : "an output element: taps - 1 additions, one division",
                attributes,
                Pooling.class,
                values -> new Pooling(
                        reduction,
                        Windows.read(values, rank, POOL_STRIDE),
                        values.get(CEIL_MODE),
                        !maximum && values.get(COUNT_INCLUDE_PAD)),
                (layer, values) -> {
                    Windows.write(layer.window(), values, POOL_STRIDE);
                    values.put(CEIL_MODE, layer.ceilMode());
                    if (!maximum) {
                        values.put(COUNT_INCLUDE_PAD, layer.countIncludePad());
                    }
                });
    }

    static LayerType<AdaptivePooling> adaptive(Reduction reduction, int rank) {
        boolean maximum = reduction == Reduction.MAXIMUM;
        return LayerType.of(
                (maximum ? "adaptive_max_pool" : "adaptive_avg_pool") + rank + "d",
                List.of(),
                (maximum ? "The maximum" : "The average") + " of windows over " + Windows.axes(rank)
                        + ", chosen so that the output has the given size.",
                maximum
                        ? "a window of K elements: K - 1 comparisons"
                        : "a window of K elements: K - 1 additions, one division",
                List.of(OUTPUT_SIZE),
                AdaptivePooling.class,
                values -> new AdaptivePooling(
                        reduction, Windows.spread(OUTPUT_SIZE, values.get(OUTPUT_SIZE), rank), false),
                (layer, values) -> values.put(OUTPUT_SIZE, layer.outputSize()));
    }

    static LayerType<AdaptivePooling> global(Reduction reduction) {
        boolean maximum = reduction == Reduction.MAXIMUM;
        String name = maximum ? "global_max_pool" : "global_avg_pool";
        String longName = maximum ? "global_max_pooling" : "global_average_pooling";
        return LayerType.of(
                name,
                maximum
                        ? List.of(longName, longName + "2d")
                        : List.of(longName, longName + "2d", "global_average_pool", "gap"),
                (maximum ? "The maximum" : "The average") + " over all positions of each channel.",
                maximum ? "a channel: positions - 1 comparisons" : "a channel: positions - 1 additions, one division",
                List.of(KEEP_DIMENSIONS),
                AdaptivePooling.class,
                values -> AdaptivePooling.global(reduction, values.get(KEEP_DIMENSIONS)),
                (layer, values) -> values.put(KEEP_DIMENSIONS, layer.keepDimensions()));
    }
}
