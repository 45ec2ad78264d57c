package dev.tally.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of each network input one interior element of a layer's output sees, along the input's spatial axes. Padding
 * counts: a field can be larger than its input. Where a layer joins a whole axis (dense, global), the field is that
 * axis.
 */
public final class ReceptiveField {
    /** The reach along one axis of one input. */
    sealed interface Reach {
        /** All of the axis. */
        record Whole() implements Reach {}

        /** What cannot be told: a layer mixed the axis with another. */
        record Unknown() implements Reach {}

        /** Output element {@code o} sees the elements {@code o · step + first} to {@code o · step + last}. */
        record Span(long step, long first, long last) implements Reach {}

        Reach WHOLE = new Whole();
        Reach UNKNOWN = new Unknown();
        Reach ELEMENT = new Span(1, 0, 0);
    }

    /** By the input's id, then its spatial axes; null where the input does not reach the layer. */
    private final @Nullable List<Reach>[] reaches;

    ReceptiveField(@Nullable List<Reach>[] reaches) {
        this.reaches = reaches;
    }

    @Nullable
    List<Reach>[] reaches() {
        return reaches;
    }

    /**
     * {@return the sizes along each spatial axis, outermost first, by the id of the input; an input without spatial
     * axes, one that does not reach the layer, or one with an axis whose reach cannot be told is absent}
     *
     * @param spatialSizes the inputs' own sizes, by id
     */
    public Map<Integer, List<Long>> sizes(List<List<Integer>> spatialSizes) {
        Map<Integer, List<Long>> sizes = new LinkedHashMap<>();
        for (int input = 0; input < reaches.length; input++) {
            List<Reach> axes = reaches[input];
            if (axes == null || axes.isEmpty() || axes.contains(Reach.UNKNOWN)) {
                continue;
            }
            List<Long> extents = new ArrayList<>(axes.size());
            for (int axis = 0; axis < axes.size(); axis++) {
                extents.add(
                        switch (axes.get(axis)) {
                            case Reach.Span(long _, long first, long last) -> last - first + 1;
                            case Reach.Whole _, Reach.Unknown _ ->
                                (long) spatialSizes.get(input).get(axis);
                        });
            }
            sizes.put(input, extents);
        }
        return sizes;
    }
}
