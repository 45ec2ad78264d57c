package dev.tally.analysis;

import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attending;
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
import dev.tally.network.Network;
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
import java.util.Collections;
import java.util.List;

/**
 * How a layer's main operations come about, with its sizes filled in.
 *
 * @param product the number, as a product for one sample; empty where the layer does no arithmetic
 * @param unit what is counted; empty for multiplies
 */
record Formula(String product, String unit) {
    private static final Formula NONE = new Formula("", "");

    /** {@return the formula, its batch included; empty where the layer does no arithmetic} */
    static String of(Node node, Network network) {
        Formula formula = perSample(node, network.layout());
        String product = network.batch() == 1 || formula.product.isEmpty()
                ? formula.product
                : network.batch() + " × (" + formula.product + ")";
        return formula.unit.isEmpty() ? product : product + " " + formula.unit;
    }

    private static Formula perSample(Node node, Layout layout) {
        Shape input = node.input();
        String outputs = product(node.shape());
        int channels = layout.channels(input);
        return switch (node.layer()) {
            case Convolving c ->
                new Formula(outputs + " × " + taps(c.window()) + "·" + channels / c.groups(channels), "");
            case Dense _ -> new Formula(outputs + " × " + input.size(input.rank() - 1), "");
            case Pooling p -> new Formula(outputs + " × (" + taps(p.window()) + " - 1)", unit(p.reduction()));
            case AdaptivePooling p ->
                new Formula(channels + " × " + p.elementsRead(input, layout) + " - " + outputs, unit(p.reduction()));
            case TransposedConvolution c ->
                new Formula(product(input) + " × " + taps(c.window()) + "·" + c.filters() / c.groups(), "");
            case MatMul m -> new Formula(outputs + " × " + m.terms(input), "");
            case Attention a -> new Formula(attention(a.sizes(node.inputs())), "");
            case MultiHeadAttention a -> new Formula(projections(a, node.inputs()), "");
            case BatchNorm _ -> new Formula(outputs, "multiplies and as many additions");
            case Normalizing n -> new Formula(outputs + " × " + (n.scaled() ? 3 : 2), "");
            case LocalResponseNorm n -> new Formula(outputs + " × (" + n.size() + " + 1)", "");
            case Activation a -> new Formula(outputs, "times " + a.function().id());
            case ParametricRelu _ -> new Formula(outputs, "");
            case GatedLinearUnit _ -> new Formula(outputs, "times sigmoid, and as many multiplies");
            case Softmax s ->
                new Formula(outputs, s.logarithm() ? "exponentials" : "exponentials and as many divisions");
            case Elementwise(Elementwise.Operator operator) ->
                new Formula(
                        outputs + " × " + (node.from().size() - 1),
                        switch (operator) {
                            case ADD, SUBTRACT -> "additions";
                            case MULTIPLY -> "";
                            case DIVIDE -> "divisions";
                        });
            case Reduce r ->
                new Formula(
                        product(input) + " - " + outputs,
                        switch (r.operator()) {
                            case MEAN, SUM -> "additions";
                            case MAXIMUM -> "comparisons";
                        });
            case Resampling r -> {
                int taps = r.interpolation().taps();
                String each = String.join("·", Collections.nCopies(input.rank() - 1, "" + taps));
                yield taps == 1 ? NONE : new Formula(outputs + " × " + each, "");
            }
            case Embedding _, LearnedTensor _, Rearranging _, Flatten _, Reshape _, Dropout _, Identity _ -> NONE;
        };
    }

    /** The products of queries and keys, a multiply to scale each, the products with the values. */
    private static String attention(Attending.Sizes sizes) {
        String lines = (sizes.sequences() == 1 ? "" : sizes.sequences() + "·") + sizes.heads() + "·" + sizes.queries();
        return lines + "·" + sizes.keys() + " × (" + sizes.keyDim() + " + 1 + " + sizes.valueDim() + ")";
    }

    private static String projections(MultiHeadAttention attention, List<Shape> inputs) {
        Attending.Sizes sizes = attention.sizes(inputs);
        List<Shape> roles = Attending.roles(inputs);
        String keys = sizes.heads() + "·" + sizes.keyDim();
        String values = sizes.heads() + "·" + sizes.valueDim();
        return product(roles.getFirst()) + " × " + keys
                + " + " + product(roles.get(1)) + " × " + keys
                + " + " + product(roles.getLast()) + " × " + values
                + " + " + attention(sizes)
                + " + " + product(roles.getFirst()) + " × " + values;
    }

    private static String taps(Window window) {
        StringBuilder product = new StringBuilder();
        for (int kernel : window.kernel()) {
            product.append(product.isEmpty() ? "" : "·").append(kernel);
        }
        return product.toString();
    }

    private static String unit(Reduction reduction) {
        return switch (reduction) {
            case MAXIMUM -> "comparisons";
            case AVERAGE -> "additions";
        };
    }

    private static String product(Shape shape) {
        StringBuilder product = new StringBuilder();
        for (int axis = 0; axis < shape.rank(); axis++) {
            product.append(axis == 0 ? "" : "·").append(shape.size(axis));
        }
        return product.toString();
    }
}
