package dev.tally.network;

import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * Local response normalisation across channels (Krizhevsky et al., 2012; ONNX LRN): {@code y = x / (bias + alpha / size
 * · Σ x²)^beta}, the sum over {@code size} neighbouring channels.
 *
 * @param size how many channels a sum spans, {@code floor((size - 1) / 2)} of them before the channel itself
 */
public record LocalResponseNorm(int size, double alpha, double beta, double bias) implements Layer {
    public LocalResponseNorm {
        requirePositive("size", size);
    }

    /** {@return the sum's window over the channel axis} */
    public WindowAxis window() {
        return new WindowAxis(size, 1, 1, Padding.SAME);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        return inputs.getFirst();
    }
}
