package dev.tally.network;

import java.util.List;

/**
 * Dropout, which does nothing at inference. A view: nothing is copied.
 *
 * @param rate the share of elements that training zeroes, 0 to below 1; changes no count
 */
public record Dropout(double rate) implements Layer {
    public Dropout {
        InvalidLayerException.require(rate >= 0 && rate < 1, "rate", "a number from 0 to below 1", rate);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        return inputs.getFirst();
    }
}
