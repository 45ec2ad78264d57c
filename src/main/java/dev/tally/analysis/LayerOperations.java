package dev.tally.analysis;

import static java.lang.Math.multiplyExact;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attention;
import dev.tally.network.BatchNorm;
import dev.tally.network.Convolving;
import dev.tally.network.Dense;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.Identity;
import dev.tally.network.Layout;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Node;
import dev.tally.network.Normalizing;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Pooling;
import dev.tally.network.Rearranging;
import dev.tally.network.Reduce;
import dev.tally.network.Reduction;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Window;

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
            case TransposedConvolution convolution -> transposedConvolution(convolution, input, node.shape(), layout);
            case MatMul product -> dense(product.terms(input), outputs, false);
            case Attention attention -> AttentionOperations.products(attention.sizes(node.inputs()));
            case MultiHeadAttention attention -> AttentionOperations.withProjections(attention, node.inputs());
            case BatchNorm _ -> Operations.plain(outputs, outputs, OtherOperations.NONE);
            case Normalizing norm -> normalization(norm, outputs, norm.sets(input, layout));
            case LocalResponseNorm norm -> localResponseNorm(norm, input, layout);
            case Activation(ActivationFunction function) ->
                ActivationOperations.of(function).times(outputs);
            case ParametricRelu _ -> Operations.plain(outputs, 0, OtherOperations.comparisons(outputs));
            case GatedLinearUnit _ ->
                ActivationOperations.of(ActivationFunction.SILU).times(outputs);
            case Softmax softmax ->
                softmax(softmax, outputs, outputs / input.size(softmax.axis().index(input, layout)));
            case Elementwise(Elementwise.Operator operator) ->
                elementwise(operator, multiplyExact(outputs, node.from().size() - 1L));
            case Reduce reduce -> reduce(reduce.operator(), input.elements(), outputs);
            case Resampling resampling -> resampling(resampling, outputs, input.rank() - 1);
            case Embedding _, LearnedTensor _, Rearranging _, Flatten _, Reshape _, Dropout _, Identity _ ->
                Operations.NONE;
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

    /**
     * Every input element is multiplied by the taps of its group's filters. A place that K products reach takes K - 1
     * additions; products that land in what is cut off count as others do, out of bounds.
     */
    private static Operations transposedConvolution(
            TransposedConvolution convolution, Shape input, Shape output, Layout layout) {
        Window window = convolution.window();
        int filters = convolution.filters();
        long filtersPerGroup = filters / convolution.groups();
        long multiplies = multiplyExact(multiplyExact(input.elements(), window.taps()), filtersPerGroup);
        long inBounds = multiplyExact(
                multiplyExact(window.spreadsInBounds(input, output, layout), layout.channels(input)), filtersPerGroup);
        long sums = multiplies - multiplyExact(window.placesReached(input, layout), filters);
        long additions = convolution.bias() ? Math.addExact(sums, output.elements()) : sums;
        return new Operations(multiplies, inBounds, additions, multiplies, OtherOperations.NONE);
    }

    /**
     * Of a set of n: the mean is n - 1 additions and a division, the deviations n additions; the variance n squares, n
     * - 1 additions and a division; one addition of ε, one power of -1/2, and n multiplies by it. γ multiplies each
     * element, β is added. A set that is not centred has neither mean nor deviations.
     */
    private static Operations normalization(Normalizing norm, long elements, long sets) {
        long multiplies = multiplyExact(elements, norm.scaled() ? 3 : 2);
        long mean = norm.centred() ? multiplyExact(elements, 2) - sets : 0;
        long additions = Math.addExact(Math.addExact(mean, elements), norm.shifted() ? elements : 0);
        OtherOperations other = OtherOperations.divisions(multiplyExact(sets, norm.centred() ? 2 : 1))
                .plus(OtherOperations.powers(sets));
        return Operations.plain(multiplies, additions, other);
    }

    /** Of a line of n: n exponentials, n - 1 additions, n divisions; of its logarithm one logarithm, n subtractions. */
    private static Operations softmax(Softmax softmax, long elements, long lines) {
        return softmax.logarithm()
                ? Operations.plain(
                        0,
                        multiplyExact(elements, 2) - lines,
                        OtherOperations.exponentials(elements).plus(OtherOperations.logarithms(lines)))
                : Operations.plain(
                        0,
                        elements - lines,
                        OtherOperations.exponentials(elements).plus(OtherOperations.divisions(elements)));
    }

    private static Operations elementwise(Elementwise.Operator operator, long operations) {
        return switch (operator) {
            case ADD, SUBTRACT -> Operations.plain(0, operations, OtherOperations.NONE);
            case MULTIPLY -> Operations.plain(operations, 0, OtherOperations.NONE);
            case DIVIDE -> Operations.plain(0, 0, OtherOperations.divisions(operations));
        };
    }

    private static Operations reduce(Reduce.Operator operator, long inputs, long outputs) {
        return switch (operator) {
            case MEAN -> Operations.plain(0, inputs - outputs, OtherOperations.divisions(outputs));
            case SUM -> Operations.plain(0, inputs - outputs, OtherOperations.NONE);
            case MAXIMUM -> Operations.plain(0, 0, OtherOperations.comparisons(inputs - outputs));
        };
    }

    /** A weighted sum of the elements around; the weights follow from the sizes alone. The nearest is only copied. */
    private static Operations resampling(Resampling resampling, long outputs, int axes) {
        long taps = 1;
        for (int i = 0; i < axes; i++) {
            taps *= resampling.interpolation().taps();
        }
        return taps == 1
                ? Operations.NONE
                : Operations.plain(
                        multiplyExact(outputs, taps), multiplyExact(outputs, taps - 1), OtherOperations.NONE);
    }

    /** Every output is a sum of so many products. */
    static Operations dense(long inputs, long outputs, boolean bias) {
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
                OtherOperations.divisions(elements).plus(OtherOperations.powers(elements)));
    }
}
