package dev.tally.analysis;

import dev.tally.network.Activation;
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
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import dev.tally.network.Window;

/**
 * How a layer's main operations come about, with its sizes filled in.
 *
 * @param product the number, as a product for one sample; empty where the layer does no arithmetic
 * @param unit what is counted; empty for multiplies
 */
record Formula(String product, String unit) {
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
            case BatchNorm _ -> new Formula(outputs, "multiplies and as many additions");
            case LocalResponseNorm n -> new Formula(outputs + " × (" + n.size() + " + 1)", "");
            case Activation a -> new Formula(outputs, "times " + a.function().id());
            case Softmax _ -> new Formula(outputs, "exponentials and as many divisions");
            case Elementwise _ -> new Formula(outputs + " × " + (node.from().size() - 1), "additions");
            case Concat _, Flatten _, Dropout _, Identity _ -> new Formula("", "");
        };
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
