package dev.tally.engine;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.Dense;
import dev.tally.network.Elementwise;
import dev.tally.network.Flatten;
import dev.tally.network.Layer;
import dev.tally.network.MatMul;
import dev.tally.network.Pad;
import dev.tally.network.Padding;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.ParametricRelu;
import dev.tally.network.PixelShuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Softmax;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Which layer an operator of ONNX is: written here by hand, and not by what reads models. */
final class PublishedLayers {
    private PublishedLayers() {}

    static Layer of(PublishedOperator operator) {
        if (operator.operators().equals(List.of("Reshape", "Transpose", "Reshape"))) {
            // PyTorch writes its PixelShuffle of three so.
            return new PixelShuffle(3);
        }
        int spatial = operator.shape(0).rank() - 1;
        return switch (operator.operator().getOpType()) {
            case "Conv" ->
                new Convolution(
                        (int) (long) operator.weightSizes(0).getFirst(),
                        window(operator, spatial),
                        number(operator, "group"),
                        operator.weightCount() == 2);
            case "ConvTranspose" ->
                new TransposedConvolution(
                        (int) (long) operator.weightSizes(0).get(1) * number(operator, "group"),
                        window(operator, spatial),
                        numbers(operator, "output_padding", spatial, 0),
                        number(operator, "group"),
                        operator.weightCount() == 2);
            case "AveragePool" -> new Pooling(Reduction.AVERAGE, window(operator, spatial), false, false);
            case "MaxPool" -> new Pooling(Reduction.MAXIMUM, window(operator, spatial), false, false);
            case "BatchNormalization" ->
                new BatchNorm(attribute(operator, "epsilon").getF());
            case "PRelu" -> new ParametricRelu(true);
            case "Gemm" ->
                operator.inputs().size() == 1
                        ? new Dense((int) (long) operator.weightSizes(0).getFirst(), true)
                        : new MatMul(false);
            case "Softmax" -> new Softmax(Axis.of(number(operator, "axis") - 1), false);
            case "LogSoftmax" -> new Softmax(Axis.of(number(operator, "axis") - 1), true);
            case "Relu" -> new Activation(ActivationFunction.RELU);
            case "LeakyRelu" -> new Activation(ActivationFunction.LEAKY_RELU);
            case "Sigmoid" -> new Activation(ActivationFunction.SIGMOID);
            case "Tanh" -> new Activation(ActivationFunction.TANH);
            case "Add" -> new Elementwise(Elementwise.Operator.ADD);
            case "Concat" -> new Concat(Axis.of(number(operator, "axis") - 1));
            case "Flatten" -> new Flatten();
            case "Pad" -> pad(operator, spatial);
            default -> throw new IllegalArgumentException("no layer for " + operator.operators());
        };
    }

    private static Pad pad(PublishedOperator operator, int spatial) {
        List<Long> pads = attribute(operator, "pads").getIntsList();
        List<Explicit> margins = IntStream.range(0, spatial)
                .mapToObj(i -> new Explicit((int) (long) pads.get(2 + i), (int) (long) pads.get(2 + spatial + 2 + i)))
                .toList();
        boolean mirrored = attribute(operator, "mode").getS().toStringUtf8().equals("reflect");
        return new Pad(margins, mirrored ? Pad.Mode.REFLECT : Pad.Mode.ZEROS);
    }

    private static Window window(PublishedOperator operator, int axes) {
        List<Integer> kernel = numbers(operator, "kernel_shape", axes, 1);
        List<Integer> strides = numbers(operator, "strides", axes, 1);
        List<Integer> dilations = numbers(operator, "dilations", axes, 1);
        List<Integer> pads = numbers(operator, "pads", 2 * axes, 0);
        // PyTorch gave pools over one axis another of one element, which is left out.
        int given = kernel.size();
        List<WindowAxis> windows = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            Padding padding = new Explicit(pads.get(i), pads.get(given + i));
            windows.add(new WindowAxis(kernel.get(i), strides.get(i), dilations.get(i), padding));
        }
        return new Window(windows);
    }

    private static List<Integer> numbers(PublishedOperator operator, String name, int count, int otherwise) {
        AttributeProto attribute = operator.attributes().get(name);
        return attribute == null
                ? Collections.nCopies(count, otherwise)
                : attribute.getIntsList().stream().map(Long::intValue).toList();
    }

    private static int number(PublishedOperator operator, String name) {
        return (int) attribute(operator, name).getI();
    }

    private static AttributeProto attribute(PublishedOperator operator, String name) {
        AttributeProto attribute = operator.attributes().get(name);
        if (attribute == null) {
            throw new IllegalArgumentException(operator.operators() + " has no attribute " + name);
        }
        return attribute;
    }
}
