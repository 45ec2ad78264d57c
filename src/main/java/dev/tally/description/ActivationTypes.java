package dev.tally.description;

import static dev.tally.description.Attribute.optional;
import static dev.tally.description.Attributes.AXIS;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Softmax;
import java.util.ArrayList;
import java.util.List;

/** The activations of the table of layer types, each a type of its own. */
final class ActivationTypes {
    private static final Attribute<Boolean> PER_CHANNEL = optional(
            "perChannel",
            new AttributeKind.Flag(),
            false,
            "Whether each channel has a learned slope of its own, or all share one.",
            "num_parameters",
            "shared_axes");

    private ActivationTypes() {}

    static List<LayerType<?>> all() {
        List<LayerType<?>> types = new ArrayList<>();
        for (ActivationFunction function : ActivationFunction.values()) {
            types.add(of(function));
        }
        types.add(parametricRelu());
        types.add(gatedLinearUnit());
        types.add(softmax(false));
        types.add(softmax(true));
        return types;
    }

    private static LayerType<ParametricRelu> parametricRelu() {
        return LayerType.of(
                "prelu",
                List.of("parametric_relu"),
                "x where positive, else a · x with a learned a.",
                "an element: one comparison, one multiply",
                List.of(PER_CHANNEL),
                ParametricRelu.class,
                values -> new ParametricRelu(values.get(PER_CHANNEL)),
                (layer, values) -> values.put(PER_CHANNEL, layer.perChannel()));
    }

    private static LayerType<GatedLinearUnit> gatedLinearUnit() {
        return LayerType.of(
                "glu",
                List.of("gated_linear_unit"),
                "The first half of an axis times the sigmoid of the second half.",
                "an output element: one multiply, one exponential, one addition, one division",
                List.of(AXIS),
                GatedLinearUnit.class,
                values -> new GatedLinearUnit(Attributes.axis(values)),
                (layer, values) -> Attributes.put(layer.axis(), values));
    }

    private static LayerType<Softmax> softmax(boolean logarithm) {
        return LayerType.of(
                logarithm ? "log_softmax" : "softmax",
                logarithm ? List.of() : List.of("softmin"),
                logarithm ? "x - ln Σ exp(x) along one axis." : "exp(x) / Σ exp(x) along one axis.",
                logarithm
                        ? "of n elements: n exponentials, 2n - 1 additions, one logarithm"
                        : "an element: one exponential and one division; n - 1 additions for each sum of n",
                List.of(AXIS),
                Softmax.class,
                values -> new Softmax(Attributes.axis(values), logarithm),
                (layer, values) -> Attributes.put(layer.axis(), values));
    }

    private static LayerType<Activation> of(ActivationFunction function) {
        return switch (function) {
            case RELU -> type(function, "max(x, 0).", "one comparison", "rectifier");
            case RELU6 -> type(function, "min(max(x, 0), 6).", "two comparisons");
            case LEAKY_RELU ->
                type(
                        function,
                        "x where positive, else a · x with a fixed a.",
                        "one comparison, one multiply",
                        "lrelu",
                        "rrelu",
                        "leaky");
            case THRESHOLD ->
                type(function, "x above a threshold, else a fixed value.", "one comparison", "thresholded_relu");
            case HARD_TANH -> type(function, "min(max(x, -1), 1).", "two comparisons", "clip", "clamp");
            case HARD_SIGMOID ->
                type(
                        function,
                        "min(max(x / 6 + 1/2, 0), 1).",
                        "one multiply, one addition, two comparisons",
                        "sparse_sigmoid",
                        "hsigmoid");
            case HARD_SWISH ->
                type(
                        function,
                        "x · hard_sigmoid(x).",
                        "two multiplies, one addition, two comparisons",
                        "hard_silu",
                        "hswish");
            case HARD_SHRINK ->
                type(function, "x where its absolute value is above a threshold, else 0.", "two comparisons");
            case SOFT_SHRINK ->
                type(function, "x brought nearer to 0 by a threshold, 0 within it.", "two comparisons, one addition");
            case ELU ->
                type(function, "x where positive, else exp(x) - 1.", "one comparison, one exponential, one addition");
            case SELU ->
                type(
                        function,
                        "λ · x where positive, else λ · α · (exp(x) - 1).",
                        "one comparison, one exponential, one addition, two multiplies");
            case CELU ->
                type(
                        function,
                        "x where positive, else α · (exp(x / α) - 1).",
                        "one comparison, one division, one exponential, one addition, one multiply");
            case SIGMOID ->
                type(function, "1 / (1 + exp(-x)).", "one exponential, one addition, one division", "logistic");
            case LOG_SIGMOID -> type(function, "-ln(1 + exp(-x)).", "one exponential, one addition, one logarithm");
            case TANH ->
                type(function, "1 - 2 / (1 + exp(2x)).", "one multiply, one exponential, two additions, one division");
            case TANH_SHRINK -> type(function, "x - tanh(x).", "what tanh takes, one addition");
            case SILU ->
                type(function, "x · sigmoid(x).", "one multiply, one exponential, one addition, one division", "swish");
            case GELU ->
                type(function, "x / 2 · (1 + erf(x / √2)).", "three multiplies, one addition, one error function");
            case GELU_TANH ->
                type(
                        function,
                        "x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³))), the usual approximation of GELU.",
                        "seven multiplies, four additions, one exponential, one division",
                        "gelu_new",
                        "quick_gelu",
                        "gelu_approximate");
            case MISH ->
                type(
                        function,
                        "x · tanh(ln(1 + exp(x))).",
                        "two multiplies, three additions, two exponentials, one logarithm, one division");
            case SOFTPLUS -> type(function, "ln(1 + exp(x)).", "one exponential, one addition, one logarithm");
            case SOFTSIGN -> type(function, "x / (1 + |x|).", "one comparison, one addition, one division");
            case SQUAREPLUS ->
                type(function, "(x + √(x² + b)) / 2 with a fixed b.", "two multiplies, two additions, one power");
            case EXPONENTIAL -> type(function, "exp(x).", "one exponential", "exp");
        };
    }

    private static LayerType<Activation> type(
            ActivationFunction function, String summary, String counts, String... aliases) {
        return LayerType.plain(function.id(), summary, "an element: " + counts, new Activation(function), aliases);
    }
}
