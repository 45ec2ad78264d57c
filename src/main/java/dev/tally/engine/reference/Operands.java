package dev.tally.engine.reference;

import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.WeightSlot;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Weights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layer works on.
 *
 * @param batch how many samples there are
 * @param inputs what the layer's sources gave, in order
 */
record Operands(Node node, Layout layout, int batch, List<Values> inputs, Weights weights) {
    Values input() {
        return inputs.getFirst();
    }

    Grid inputGrid() {
        return new Grid(batch, node.input());
    }

    Grid outputGrid() {
        return new Grid(batch, node.shape());
    }

    /** {@return the axis of the channels in a grid of the first input} */
    int channelAxis() {
        return Grid.axis(layout.channelAxis(node.input().rank()));
    }

    int channels() {
        return layout.channels(node.input());
    }

    /** {@return how many positions one sample of a shape has: its elements over its channels} */
    long positions(Shape shape) {
        return shape.elements() / layout.channels(shape);
    }

    /** {@return how far neighbouring channels of the first input are apart} */
    long channelStride() {
        return layout == Layout.CHANNELS_LAST ? 1 : positions(node.input());
    }

    /** {@return the channel of an element of the first input} */
    int channel(long index) {
        return (int) (index / channelStride() % channels());
    }

    /** {@return the values of a slot, each looked up as it is asked for} */
    FloatValues learned(String name) {
        WeightSlot slot = slot(name);
        if (slot == null) {
            throw new IllegalArgumentException(node + " has no slot " + name);
        }
        return weights.of(node, slot);
    }

    /** {@return the numbers of a slot; none where the layer has no such slot} */
    Learned numbers(String name) {
        WeightSlot slot = slot(name);
        return slot == null ? Learned.NONE : new Learned(slot.shape().elements(), weights.of(node, slot));
    }

    private @Nullable WeightSlot slot(String name) {
        for (WeightSlot slot : node.weights()) {
            if (slot.name().equals(name)) {
                return slot;
            }
        }
        return null;
    }
}
