package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.tally.network.Node;
import dev.tally.network.WeightSlot;
import dev.tally.onnx.OnnxModel.Initializer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A graph as it is written, layer by layer: its nodes, its weights and its constants. What a layer's last node gives is
 * named as the layer, what comes before that {@code name/1}, {@code name/2}, …
 */
final class GraphDraft {
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Names names = new Names();
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private final Map<String, String> weights = new HashMap<>();
    private final Map<Object, String> constants = new HashMap<>();
    private final Map<Object, Operand> arranged = new HashMap<>();
    private final List<NodeProto.Builder> open = new ArrayList<>();
    private final List<Object> arrangedHere = new ArrayList<>();
    private final ElementType type;
    private final int batch;
    private String layer = "";
    private long constantBytes;

    GraphDraft(ElementType type, int batch) {
        this.type = type;
        this.batch = batch;
    }

    ElementType type() {
        return type;
    }

    int batch() {
        return batch;
    }

    Names names() {
        return names;
    }

    GraphProto.Builder graph() {
        return graph;
    }

    List<Initializer> initializers() {
        return List.copyOf(initializers.values());
    }

    /** Opens a layer: the nodes up to {@link #close} are its own. */
    void open(String name) {
        layer = name;
    }

    /** {@return what the layer gives, under the layer's name if one of its nodes made it} */
    Operand close(Operand result) {
        Operand named = result;
        for (NodeProto.Builder node : open) {
            node.setName(node.getOutput(0));
            if (node.getOutput(0).equals(result.name())) {
                node.setName(layer);
                named = result.named(layer);
            }
        }
        for (NodeProto.Builder node : open) {
            rename(node, result.name(), named.name());
            graph.addNode(node);
        }
        if (!result.name().equals(named.name())) {
            String after = named.name();
            arrangedHere.forEach(key -> arranged.computeIfPresent(
                    key, (_, value) -> value.name().equals(result.name()) ? value.named(after) : value));
        }
        arrangedHere.clear();
        open.clear();
        return named;
    }

    private static void rename(NodeProto.Builder node, String from, String to) {
        for (int i = 0; i < node.getInputCount(); i++) {
            if (node.getInput(i).equals(from)) {
                node.setInput(i, to);
            }
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            if (node.getOutput(i).equals(from)) {
                node.setOutput(i, to);
            }
        }
    }

    /** {@return what a node gives, of this operator on these values; a value that is left out is empty} */
    String add(String operator, List<String> inputs, AttributeProto... attributes) {
        return add(operator, inputs, 1, attributes).getFirst();
    }

    /** {@return what a node with several outputs gives} */
    List<String> add(String operator, List<String> inputs, int outputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllAttribute(Arrays.asList(attributes));
        for (int i = 0; i < outputs; i++) {
            node.addOutput(names.take(layer + "/" + (open.size() + 1)));
        }
        open.add(node);
        return List.copyOf(node.getOutputList());
    }

    /** {@return a layer's weights in the slot's own order} */
    String weight(Node node, WeightSlot slot) {
        return weight(node, slot, slot.shape().sizes());
    }

    /** {@return a layer's weights in the slot's own order, under other sizes} */
    String weight(Node node, WeightSlot slot, List<? extends Number> dimensions) {
        return weight(node, slot, longs(dimensions), List.of());
    }

    /** {@return a layer's weights with their axes in another order: for each new axis, the slot's} */
    String transposedWeight(Node node, WeightSlot slot, List<Integer> order) {
        return weight(node, slot, longs(order.stream().map(slot.shape()::size).toList()), order);
    }

    private String weight(Node node, WeightSlot slot, List<Long> dimensions, List<Integer> order) {
        return weights.computeIfAbsent(node.name() + "\n" + slot.name(), _ -> {
            String name = names.take(node.name() + "." + slot.name());
            initializers.put(name, new Initializer(name, dimensions, type, node, slot, order));
            return name;
        });
    }

    /** {@return a list of whole numbers} */
    String constant(List<? extends Number> values) {
        List<Long> numbers = longs(values);
        return constants.computeIfAbsent(numbers, _ -> {
            ByteBuffer data = ByteBuffer.allocate(Long.BYTES * numbers.size()).order(ByteOrder.LITTLE_ENDIAN);
            numbers.forEach(data::putLong);
            return inline(ElementType.INT64, List.of((long) numbers.size()), data);
        });
    }

    String constant(long... values) {
        return constant(LongStream.of(values).boxed().toList());
    }

    /** {@return a number of the model's type, of no axes} */
    String scalar(double value) {
        return constants.computeIfAbsent(value, _ -> inline(type, List.of(), data(value)));
    }

    /** {@return one number at all places of a tensor of these sizes} */
    String filled(double value, List<? extends Number> sizes) {
        TensorProto number = TensorProto.newBuilder()
                .setDataType(type.code())
                .addDims(1)
                .setRawData(ByteString.copyFrom(data(value).rewind()))
                .build();
        return add(
                "ConstantOfShape",
                List.of(constant(sizes)),
                AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(number)
                        .build());
    }

    private ByteBuffer data(double value) {
        ByteBuffer data = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        long bits = type.bits(value);
        return type.bytes() == Float.BYTES ? data.putInt((int) bits) : data.putShort((short) bits);
    }

    /** {@return how many bytes the constants take so far} */
    long constantBytes() {
        return constantBytes;
    }

    private String inline(ElementType elements, List<Long> dimensions, ByteBuffer data) {
        constantBytes += data.capacity();
        String name = names.take("constant");
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(elements.code())
                .addAllDims(dimensions)
                .setRawData(ByteString.copyFrom(data.rewind())));
        return name;
    }

    /** {@return the value with its axes in another order} Where only axes of one element move, nothing is moved. */
    Operand arrange(Operand operand, List<Integer> order) {
        if (operand.order().equals(order)) {
            return operand;
        }
        List<Object> key = List.of(operand.name(), order);
        return arranged.computeIfAbsent(key, _ -> {
            arrangedHere.add(key);
            Operand target = Operand.of("", order, operand.declaredSizes(), operand.type());
            if (operand.longAxes().equals(target.longAxes())) {
                return target.named(reshape(operand.name(), target.sizes()));
            }
            List<Integer> permutation =
                    order.stream().map(operand.order()::indexOf).toList();
            return target.named(transpose(operand.name(), permutation));
        });
    }

    Operand declared(Operand operand) {
        return arrange(operand, Operand.declared(operand.rank()));
    }

    /** {@return the value with a batch of its own for every sample} */
    Operand batched(Operand operand) {
        if (operand.sizes().getFirst() == batch) {
            return operand;
        }
        List<Long> sizes = new ArrayList<>(operand.sizes());
        sizes.set(0, (long) batch);
        return new Operand(
                add("Expand", List.of(operand.name(), constant(sizes))), operand.order(), sizes, operand.type());
    }

    /** {@return the value as whole numbers, or as numbers of the model's type} */
    Operand cast(Operand operand, ElementType wanted) {
        if (operand.type() == wanted) {
            return operand;
        }
        List<Object> key = List.of(operand.name(), wanted);
        return arranged.computeIfAbsent(key, _ -> {
            arrangedHere.add(key);
            String cast = add("Cast", List.of(operand.name()), Attributes.of("to", wanted.code()));
            return new Operand(cast, operand.order(), operand.sizes(), wanted);
        });
    }

    /** {@return the value of a layer, every sample with one of its own} */
    Operand result(String name, Node node, List<Integer> order) {
        List<Long> sizes = new ArrayList<>(longs(node.shape().sizes()));
        sizes.addFirst((long) batch);
        return Operand.of(name, order, sizes, type);
    }

    /** {@return the value of a layer, every sample with one of its own, in the declared order} */
    Operand result(String name, Node node) {
        return result(name, node, Operand.declared(node.shape().rank()));
    }

    String reshape(String value, List<? extends Number> sizes) {
        return add("Reshape", List.of(value, constant(sizes)));
    }

    String transpose(String value, List<Integer> permutation) {
        return add("Transpose", List.of(value), Attributes.of("perm", permutation));
    }

    /** {@return the elements from one on, up to before another, along an axis of the value} */
    String slice(String value, int axis, long start, long end, long step) {
        return add("Slice", List.of(value, constant(start), constant(end), constant(axis), constant(step)));
    }

    static List<Long> longs(List<? extends Number> numbers) {
        return numbers.stream().map(Number::longValue).toList();
    }

    /** {@return so many ones} */
    static List<Long> ones(int count) {
        return Collections.nCopies(count, 1L);
    }
}
