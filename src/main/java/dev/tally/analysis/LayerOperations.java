package dev.tally.analysis;

import static java.lang.Math.multiplyExact;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolving;
import dev.tally.network.Dense;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Layout;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;

/** What one sample costs in each kind of layer. Exact: an {@link ArithmeticException} where a number is over 2^63-1. */
final class LayerOperations {
    private LayerOperations() {}

    /** {@return what the layer does for one sample, by its direct definition} */
    static Operations of(Node node, Layout layout) {
        Shape input = node.input();
        long outputs = node.shape().elements();
        return switch (node.layer()) {
            case Convolving convolution -> convolution(convolution, input, node.shape(), layout);
            case Dense dense -> dense(input.size(input.rank() - 1), outputs, dense.bias());
            case Pooling pooling ->
                pool(
                        pooling.reduction(),
                        multiplyExact(outputs, pooling.window().taps()),
                        outputs);
            case AdaptivePooling pooling -> {
                long channels = layout.channels(input);
                yield pool(pooling.reduction(), multiplyExact(channels, pooling.elementsRead(input, layout)), outputs);
            }
            case BatchNorm _ -> Operations.plain(outputs, outputs, OtherOperations.NONE);
            case LocalResponseNorm norm -> localResponseNorm(norm, input, layout);
            case Activation(ActivationFunction function) -> activation(function).times(outputs);
            case Softmax softmax -> {
                long sums = outputs / input.size(softmax.axis().index(input, layout));
                yield Operations.plain(0, outputs - sums, new OtherOperations(0, outputs, outputs, 0));
            }
            case Elementwise(Elementwise.Operator operator) -> {
                long operations = multiplyExact(outputs, node.from().size() - 1L);
                yield switch (operator) {
                    case ADD -> Operations.plain(0, operations, OtherOperations.NONE);
                };
            }
            case Concat _, Flatten _, Dropout _, Identity _ -> Operations.NONE;
        };
    }

    /**
     * Every output is a sum over the taps and the channels of its group: output elements × taps × channels / groups.
     */
    private static Operations convolution(Convolving convolution, Shape input, Shape output, Layout layout) {
        int channels = layout.channels(input);
        int filters = convolution.filters(channels);
        long channelsPerGroup = channels / convolution.groups(channels);
        long multiplies = multiplyExact(
                multiplyExact(output.elements(), convolution.window().taps()), channelsPerGroup);
        long inBounds = multiplyExact(
                multiplyExact(convolution.window().tapsInBounds(input, output, layout), filters), channelsPerGroup);
        long additions = convolution.bias() ? multiplies : multiplies - output.elements();
        return new Operations(multiplies, inBounds, additions, multiplies, OtherOperations.NONE);
    }

    private static Operations dense(long inputs, long outputs, boolean bias) {
        long multiplies = multiplyExact(inputs, outputs);
        return new Operations(
                multiplies, multiplies, bias ? multiplies : multiplies - outputs, multiplies, OtherOperations.NONE);
    }

    /** A maximum of K is K - 1 comparisons; an average K - 1 additions and a division. */
    private static Operations pool(Reduction reduction, long elementsRead, long outputs) {
        return switch (reduction) {
            case MAXIMUM -> Operations.plain(0, 0, OtherOperations.comparisons(elementsRead - outputs));
            case AVERAGE -> Operations.plain(0, elementsRead - outputs, OtherOperations.divisions(outputs));
        };
    }

    /**
     * An element of {@code y = x / (k + alpha / n · Σ x²)^beta} takes n squares and a multiplication by {@code alpha /
     * n}, n - 1 additions and one of k, a power and a division. Squares of channels beyond the first and last are out
     * of bounds.
     */
    private static Operations localResponseNorm(LocalResponseNorm norm, Shape input, Layout layout) {
        int channels = layout.channels(input);
        long elements = input.elements();
        long squares = multiplyExact(elements, norm.size());
        long squaresInBounds = multiplyExact(elements / channels, norm.window().tapsInBounds(channels, channels));
        return new Operations(
                Math.addExact(squares, elements),
                Math.addExact(squaresInBounds, elements),
                squares,
                0,
                new OtherOperations(0, elements, 0, elements));
    }

    /** One element of each function, by the formula in {@link ActivationFunction}. */
    private static Operations activation(ActivationFunction function) {
        return switch (function) {
            case RELU -> Operations.plain(0, 0, OtherOperations.comparisons(1));
            case RELU6 -> Operations.plain(0, 0, OtherOperations.comparisons(2));
            case LEAKY_RELU -> Operations.plain(1, 0, OtherOperations.comparisons(1));
            case ELU -> Operations.plain(0, 1, new OtherOperations(1, 0, 1, 0));
            case SIGMOID -> Operations.plain(0, 1, new OtherOperations(0, 1, 1, 0));
            case TANH -> Operations.plain(1, 2, new OtherOperations(0, 1, 1, 0));
            case SILU -> Operations.plain(1, 1, new OtherOperations(0, 1, 1, 0));
        };
    }
}
