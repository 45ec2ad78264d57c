package dev.tally.onnx;

import dev.tally.network.ActivationFunction;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Softmax;
import java.util.ArrayList;
import java.util.List;

/** Activations: ONNX's own operator where there is one, else the steps of the definition. */
record ActivationNodes(GraphDraft draft, Layout layout) {
    Operand function(ActivationFunction function, Operand input) {
        return input.named(of(function, input.name()));
    }

    private String of(ActivationFunction function, String x) {
        return switch (function) {
            case RELU -> draft.add("Relu", List.of(x));
            case RELU6 -> clip(x, 0, 6);
            case LEAKY_RELU -> draft.add("LeakyRelu", List.of(x), Attributes.of("alpha", 0.01));
            case THRESHOLD -> draft.add("ThresholdedRelu", List.of(x), Attributes.of("alpha", 1.0));
            case HARD_TANH -> clip(x, -1, 1);
            case HARD_SIGMOID ->
                draft.add("HardSigmoid", List.of(x), Attributes.of("alpha", 1.0 / 6), Attributes.of("beta", 0.5));
            case HARD_SWISH -> draft.add("HardSwish", List.of(x));
            case HARD_SHRINK -> draft.add("Shrink", List.of(x), Attributes.of("lambd", 0.5));
            case SOFT_SHRINK ->
                draft.add("Shrink", List.of(x), Attributes.of("lambd", 0.5), Attributes.of("bias", 0.5));
            // With α = 1 they are the same function; Celu is defined for float32 alone.
            case ELU, CELU -> draft.add("Elu", List.of(x));
            case SELU -> draft.add("Selu", List.of(x));
            case SIGMOID -> draft.add("Sigmoid", List.of(x));
            case LOG_SIGMOID -> {
                String negative = draft.add("Neg", List.of(x));
                yield draft.add("Neg", List.of(draft.add("Softplus", List.of(negative))));
            }
            case TANH -> draft.add("Tanh", List.of(x));
            case TANH_SHRINK -> draft.add("Sub", List.of(x, draft.add("Tanh", List.of(x))));
            case SILU -> draft.add("Mul", List.of(x, draft.add("Sigmoid", List.of(x))));
            case GELU -> draft.add("Gelu", List.of(x));
            case GELU_TANH -> draft.add("Gelu", List.of(x), Attributes.of("approximate", "tanh"));
            case MISH -> draft.add("Mish", List.of(x));
            case SOFTPLUS -> draft.add("Softplus", List.of(x));
            case SOFTSIGN -> draft.add("Softsign", List.of(x));
            case SQUAREPLUS -> {
                String squares = draft.add("Mul", List.of(x, x));
                String root = draft.add("Sqrt", List.of(draft.add("Add", List.of(squares, draft.scalar(4)))));
                yield draft.add("Mul", List.of(draft.add("Add", List.of(x, root)), draft.scalar(0.5)));
            }
            case EXPONENTIAL -> draft.add("Exp", List.of(x));
        };
    }

    private String clip(String x, double least, double most) {
        return draft.add("Clip", List.of(x, draft.scalar(least), draft.scalar(most)));
    }

    Operand parametricRelu(ParametricRelu layer, Node node, Operand input) {
        List<Long> sizes = new ArrayList<>(GraphDraft.ones(input.rank()));
        if (layer.perChannel()) {
            int channelAxis = layout.channelAxis(input.rank());
            sizes.set(input.axis(channelAxis) - 1, input.size(channelAxis));
        }
        String slope = draft.weight(node, node.weights().getFirst(), sizes);
        return input.named(draft.add("PRelu", List.of(input.name(), slope)));
    }

    Operand gated(GatedLinearUnit layer, Node node, Operand input) {
        int along = layer.axis().index(node.input(), layout);
        List<String> halves = draft.add(
                "Split",
                List.of(input.name()),
                2,
                Attributes.of("axis", input.axis(along)),
                Attributes.of("num_outputs", 2));
        String gate = draft.add("Sigmoid", List.of(halves.getLast()));
        return input.named(
                draft.add("Mul", List.of(halves.getFirst(), gate)),
                along,
                node.shape().size(along));
    }

    Operand softmax(Softmax layer, Node node, Operand input) {
        int along = layer.axis().index(node.input(), layout);
        return input.named(draft.add(
                layer.logarithm() ? "LogSoftmax" : "Softmax",
                List.of(input.name()),
                Attributes.of("axis", input.axis(along))));
    }
}
