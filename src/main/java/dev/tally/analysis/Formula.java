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

/** How a layer's main operations come about, with its sizes filled in. A formula without a unit gives multiplies. */
final class Formula {
    private Formula() {}

    /** {@return the formula; empty where the layer does no arithmetic} */
    static String of(Node node, Network network) {
        String formula = perSample(node, network.layout());
        return network.batch() == 1 || formula.isEmpty() ? formula : network.batch() + " × (" + formula + ")";
    }

    private static String perSample(Node node, Layout layout) {
        Shape input = node.input();
        String outputs = product(node.shape());
        int channels = input.size(layout.channelAxis(input.rank()));
        return switch (node.layer()) {
            case Convolving c -> outputs + " × " + taps(c.window()) + "·" + channels / c.groups(channels);
            case Dense _ -> outputs + " × " + input.size(input.rank() - 1);
            case Pooling p -> outputs + " × (" + taps(p.window()) + " - 1) " + unit(p.reduction());
            case AdaptivePooling p ->
                channels + " × " + p.elementsRead(input, layout) + " - " + outputs + " " + unit(p.reduction());
            case BatchNorm _ -> outputs + " multiplies and as many additions";
            case LocalResponseNorm n -> outputs + " × (" + n.size() + " + 1)";
            case Activation a -> outputs + " × " + a.function().id();
            case Softmax s ->
                outputs + " exponentials and divisions, sums of "
                        + input.size(s.axis().index(input, layout));
            case Elementwise _ -> outputs + " × " + (node.from().size() - 1) + " additions";
            case Concat _, Flatten _, Dropout _, Identity _ -> "";
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
