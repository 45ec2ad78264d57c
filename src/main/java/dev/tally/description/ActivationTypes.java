package dev.tally.description;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;

/** The activations of the table of layer types, each a type of its own. */
final class ActivationTypes {
    private ActivationTypes() {}

    static LayerType<Activation> of(ActivationFunction function) {
        Activation layer = new Activation(function);
        return switch (function) {
            case RELU -> LayerType.plain(function.id(), "max(x, 0).", "an element: one comparison", layer, "rectifier");
            case RELU6 -> LayerType.plain(function.id(), "min(max(x, 0), 6).", "an element: two comparisons", layer);
            case LEAKY_RELU ->
                LayerType.plain(
                        function.id(),
                        "x where positive, else 0.01 · x.",
                        "an element: one comparison, one multiply",
                        layer);
            case ELU ->
                LayerType.plain(
                        function.id(),
                        "x where positive, else exp(x) - 1.",
                        "an element: one comparison, one exponential, one addition",
                        layer);
            case SIGMOID ->
                LayerType.plain(
                        function.id(),
                        "1 / (1 + exp(-x)).",
                        "an element: one exponential, one addition, one division",
                        layer,
                        "logistic");
            case TANH ->
                LayerType.plain(
                        function.id(),
                        "1 - 2 / (1 + exp(2x)).",
                        "an element: one multiply, one exponential, two additions, one division",
                        layer);
            case SILU ->
                LayerType.plain(
                        function.id(),
                        "x · sigmoid(x).",
                        "an element: one multiply, one exponential, one addition, one division",
                        layer,
                        "swish");
        };
    }
}
