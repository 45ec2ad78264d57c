package dev.tally.analysis;

import dev.tally.network.Input;
import dev.tally.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How much of each network input one interior element of a layer's output sees, along the input's spatial axes; the
 * element with those beside it in the other channels. Padding counts: a field can be larger than its input. Where a
 * layer joins a whole axis (dense, global, attention), the field is that axis. Where elements see more and less in
 * turn, as after an upsampling, it is the most that one sees.
 */
public final class ReceptiveField {
    private final Network network;

    /** By the input's id, then its spatial axes; null where the input does not reach the layer. */
    private final List<@Nullable List<Reach>> reaches;

    ReceptiveField(Network network, List<@Nullable List<Reach>> reaches) {
        this.network = network;
        this.reaches = reaches;
    }

    Network network() {
        return network;
    }

    List<@Nullable List<Reach>> reaches() {
        return reaches;
    }

    /** {@return the field with each reach replaced} */
    ReceptiveField replace(UnaryOperator<Reach> change) {
        List<@Nullable List<Reach>> changed = new ArrayList<>(reaches);
        for (int input = 0; input < changed.size(); input++) {
            List<Reach> old = changed.get(input);
            if (old != null) {
                List<Reach> replaced = new ArrayList<>(old.size());
                for (Reach reach : old) {
                    replaced.add(change.apply(reach));
                }
                changed.set(input, replaced);
            }
        }
        return new ReceptiveField(network, changed);
    }

    /**
     * {@return the sizes along each spatial axis of each input, outermost first; an input without spatial axes, one
     * that does not reach the layer, or one with an axis whose reach cannot be told is absent}
     */
    public Map<Input, List<Long>> sizes() {
        Map<Input, List<Long>> sizes = new LinkedHashMap<>();
        for (Input input : network.inputs()) {
            List<Long> ofInput = sizes(input);
            if (ofInput != null) {
                sizes.put(input, ofInput);
            }
        }
        return sizes;
    }

    /**
     * {@return the sizes along each spatial axis of one input, outermost first, or null where {@link #sizes()} has
     * none}
     */
    public @Nullable List<Long> sizes(Input input) {
        List<Reach> axes = reaches.get(input.id());
        if (axes == null || axes.isEmpty() || axes.stream().anyMatch(Reach.Unknown.class::isInstance)) {
            return null;
        }
        List<Long> sizes = sizes(axes, input);
        return sizes.contains(0L) ? null : sizes;
    }

    private List<Long> sizes(List<Reach> axes, Input input) {
        List<Long> sizes = new ArrayList<>(axes.size());
        for (int axis = 0; axis < axes.size(); axis++) {
            sizes.add(
                    switch (axes.get(axis)) {
                        case Reach.Moving moving -> moving.size();
                        case Reach.Fixed(long first, long last) -> last - first + 1;
                        case Reach.Whole _, Reach.Unknown _ ->
                            (long) network.layout().spatial(input.shape(), axis);
                    });
        }
        return sizes;
    }
}
