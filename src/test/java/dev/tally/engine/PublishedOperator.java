package dev.tally.engine;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Shape;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Weights;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A case of ONNX's own backend tests: a model of an operator, what it is given, and what PyTorch made of that.
 *
 * @param inputs in the order of the model's
 * @param batched whether the first axis of every tensor is the batch's
 */
record PublishedOperator(GraphProto graph, List<TensorProto> inputs, TensorProto output, boolean batched) {
    static PublishedOperator read(Path folder) throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")));
        Path data = folder.resolve("test_data_set_0");
        List<TensorProto> inputs = new ArrayList<>();
        for (Path file = data.resolve("input_0.pb"); Files.exists(file); ) {
            inputs.add(TensorProto.parseFrom(Files.readAllBytes(file)));
            file = data.resolve("input_" + inputs.size() + ".pb");
        }
        TensorProto output = TensorProto.parseFrom(Files.readAllBytes(data.resolve("output_0.pb")));
        long batch = inputs.getFirst().getDims(0);
        // Factors and summands of another size along the first axis stand by themselves, without a batch.
        boolean batched = output.getDims(0) == batch && inputs.stream().allMatch(input -> input.getDims(0) == batch);
        return new PublishedOperator(model.getGraph(), inputs, output, batched);
    }

    /** {@return the operators of the graph, in order, constants apart} */
    List<String> operators() {
        return nodes().stream().map(NodeProto::getOpType).toList();
    }

    private List<NodeProto> nodes() {
        return graph.getNodeList().stream()
                .filter(node -> !node.getOpType().equals("Constant"))
                .toList();
    }

    /** {@return the operator: the first of the graph that computes and does not only turn axes into others} */
    NodeProto operator() {
        return nodes().stream()
                .filter(node -> !List.of("Unsqueeze", "Squeeze").contains(node.getOpType()))
                .findFirst()
                .orElseThrow();
    }

    Map<String, AttributeProto> attributes() {
        return operator().getAttributeList().stream()
                .collect(Collectors.toMap(AttributeProto::getName, attribute -> attribute));
    }

    int batch() {
        return batched ? (int) output.getDims(0) : 1;
    }

    /** {@return the shape of an input without the batch} */
    Shape shape(int input) {
        return shape(inputs.get(input));
    }

    private Shape shape(TensorProto tensor) {
        return Shape.of(tensor.getDimsList().stream()
                .skip(batched ? 1 : 0)
                .mapToInt(Long::intValue)
                .toArray());
    }

    /** {@return the sizes of one of the operator's weights} */
    List<Long> weightSizes(int weight) {
        return weight(weight).getDimsList();
    }

    /** {@return how many weights the operator takes} */
    int weightCount() {
        return operator().getInputCount() - 1;
    }

    private TensorProto weight(int weight) {
        String name = operator().getInput(weight + 1);
        return graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@return the operator as a network of the layer that it maps onto} */
    Network network() {
        NetworkBuilder builder =
                new NetworkBuilder("published").layout(Layout.CHANNELS_FIRST).batch(batch());
        String[] names = new String[inputs.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = "input" + i;
            builder.input(names[i], shape(i));
        }
        return builder.layer("operator", "operator", PublishedLayers.of(this), names)
                .build();
    }

    /** {@return the weights of the model: a layer's slots stand in the order in which the operator takes them} */
    Weights weights() {
        return (node, slot) -> numbers(weight(node.weights().indexOf(slot)));
    }

    FloatValues numbers(int input) {
        return numbers(inputs.get(input));
    }

    FloatValues expected() {
        return numbers(output);
    }

    long elements() {
        return shape(output).elements() * batch();
    }

    private static FloatValues numbers(TensorProto tensor) {
        var raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (tensor.getDataType() == TensorProto.DataType.DOUBLE.getNumber()) {
            DoubleBuffer doubles = raw.asDoubleBuffer();
            return index -> (float) doubles.get((int) index);
        }
        FloatBuffer floats = raw.asFloatBuffer();
        return index -> floats.get((int) index);
    }
}
