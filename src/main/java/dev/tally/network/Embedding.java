package dev.tally.network;

import static dev.tally.network.InvalidLayerException.require;
import static dev.tally.network.InvalidLayerException.requirePositive;

import java.util.List;

/**
 * A learned vector for each element of the input, looked up by the element's number (Keras Embedding, PyTorch
 * Embedding). The output has one axis more, the last.
 *
 * @param vocabulary how many vectors there are
 * @param units the length of a vector
 */
public record Embedding(int vocabulary, int units) implements Layer {
    public Embedding {
        requirePositive("vocabulary", vocabulary);
        requirePositive("units", units);
    }

    @Override
    public Shape output(List<Shape> inputs, Layout layout) {
        Shape input = inputs.getFirst();
        require(input.rank() < Shape.MAX_RANK, "", "an input of at most " + (Shape.MAX_RANK - 1) + " axes", input);
        return input.append(units);
    }

    @Override
    public List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        return List.of(WeightSlot.trained("table", Shape.of(vocabulary, units)));
    }
}
