package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.DataType;
import dev.tally.network.Dropout;
import dev.tally.network.Embedding;
import dev.tally.network.Identity;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Source;
import dev.tally.onnx.OnnxModel.Initializer;
import dev.tally.onnx.OnnxModel.Port;
import dev.tally.tensor.TokenInputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes a network's graph. */
final class ModelDraft {
    /**
     * Of the set of operators, the version of ONNX 1.15: ONNX Runtime 1.29 has all of it on the CPU and nearly all on
     * CUDA, where it lacks what came later, flatten of version 21 for one, and would compute that on the CPU.
     */
    private static final int OPERATORS = 20;

    /** Of ONNX 1.17: the first version whose convolutions and pools take bfloat16; otherwise they are the same. */
    private static final int OPERATORS_IN_BFLOAT16 = 22;

    /** Of the format, the version of ONNX 1.15, and that of 1.17. */
    private static final int FORMAT = 9;

    private static final int FORMAT_IN_BFLOAT16 = 10;

    /** The most nodes of a graph: a description of a line may ask for millions, at hundreds of bytes each. */
    private static final int MOST_NODES = 100_000;

    /** The most bytes of the constants in a graph. */
    private static final long MOST_CONSTANT_BYTES = 32L << 20;

    private final Network network;
    private final OnnxOptions options;
    private final GraphDraft draft;
    private final TokenInputs tokens;
    private final Map<Source, Operand> given = new HashMap<>();
    private final Map<Source, String> names = new HashMap<>();

    ModelDraft(Network network, OnnxOptions options) {
        this.network = network;
        this.options = options;
        this.draft = new GraphDraft(options.type(), network.batch());
        this.tokens = TokenInputs.of(network);
    }

    OnnxModel model() throws UnexportableException {
        check();
        network.inputs().forEach(input -> names.put(input, draft.names().take(input.name())));
        network.nodes().forEach(node -> names.put(node, draft.names().take(node.name())));
        List<Port> inputs = inputs();
        Map<Source, Operand> placed = Map.copyOf(given);
        nodes("");
        List<Port> outputs = new ArrayList<>();
        for (Source source : outputSources()) {
            outputs.add(output(source));
        }
        for (int copy = 2; copy <= options.copies(); copy++) {
            given.clear();
            given.putAll(placed);
            nodes("@" + copy);
            for (Source source : new LinkedHashSet<>(network.outputs())) {
                reduced(source, "@" + copy);
            }
        }
        GraphProto.Builder graph =
                draft.graph().setName(Names.safe(network.name().isEmpty() ? "network" : network.name()));
        List<Initializer> initializers = draft.initializers();
        return new OnnxModel(inputs, outputs, initializers, new ModelWriter(header(), graph.build(), initializers));
    }

    private void check() throws UnexportableException {
        if (network.dataType() == DataType.INT8) {
            throw new UnexportableException(
                    null,
                    "expected \"dtype\" float32, float16 or bfloat16: int8 takes scales and zero points, which a"
                            + " description does not have");
        }
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Embedding && TokenInputs.origin(node) == null) {
                throw new UnexportableException(
                        node,
                        "expected an input of the network, which holds whole numbers, got numbers computed by \""
                                + node.from().getFirst().name() + "\"");
            }
            requireIndexable(node);
        }
    }

    /** ONNX counts elements and bytes in 63 bits. */
    private void requireIndexable(Node node) throws UnexportableException {
        long most = Long.MAX_VALUE / Long.BYTES;
        boolean indexable = node.shape().elements() <= most / network.batch()
                && node.inputs().stream().allMatch(shape -> shape.elements() <= most / network.batch())
                && node.weights().stream().allMatch(slot -> slot.shape().elements() <= most);
        if (!indexable) {
            throw new UnexportableException(node, "expected tensors of at most 2^60 elements, got " + node.shape());
        }
    }

    private ModelProto header() {
        boolean bfloat16 = options.type() == ElementType.BFLOAT16;
        return ModelProto.newBuilder()
                .setIrVersion(bfloat16 ? FORMAT_IN_BFLOAT16 : FORMAT)
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain("")
                        .setVersion(bfloat16 ? OPERATORS_IN_BFLOAT16 : OPERATORS))
                .setProducerName("Tally")
                .setDocString("Tally network " + network.hash())
                .build();
    }

    private List<Port> inputs() {
        InputOrders orders = InputOrders.of(network);
        List<Port> ports = new ArrayList<>();
        for (Input input : network.inputs()) {
            boolean token = tokens.vocabulary(input).isPresent();
            int rank = input.shape().rank();
            List<Integer> order = orders.isImage(input) && !token
                    ? Operand.channelsFirst(rank, network.layout().channelAxis(rank))
                    : Operand.declared(rank);
            List<Long> sizes = new ArrayList<>(GraphDraft.longs(input.shape().sizes()));
            sizes.addFirst((long) network.batch());
            Operand operand = Operand.of(
                    names.getOrDefault(input, input.name()), order, sizes, token ? ElementType.INT64 : options.type());
            given.put(input, operand);
            draft.graph().addInput(valueInfo(operand));
            ports.add(port(input, operand));
        }
        return ports;
    }

    private void nodes(String suffix) throws UnexportableException {
        LayerNodes layers = new LayerNodes(draft, network.layout(), pooled());
        for (Node node : network.nodes()) {
            String name = names.getOrDefault(node, node.name());
            draft.open(suffix.isEmpty() ? name : draft.names().take(name + suffix));
            List<Operand> taken = new ArrayList<>();
            for (Source source : node.from()) {
                taken.add(operand(source));
            }
            try {
                given.put(node, draft.close(layers.of(node, taken)));
            } catch (ArithmeticException e) {
                throw new UnexportableException(
                        node, "expected tensors whose elements 63 bits can count, on the way too: " + e.getMessage());
            }
            requireRoom(node);
        }
    }

    private void requireRoom(Node node) throws UnexportableException {
        if (draft.graph().getNodeCount() > MOST_NODES || draft.constantBytes() > MOST_CONSTANT_BYTES) {
            throw new UnexportableException(
                    node,
                    String.format(
                            Locale.ROOT,
                            "expected a graph of at most %,d nodes and %,d bytes of constants, which are more from this"
                                    + " layer on: %,d and %,d",
                            MOST_NODES,
                            MOST_CONSTANT_BYTES,
                            draft.graph().getNodeCount(),
                            draft.constantBytes()));
        }
    }

    /** What pools take, directly or through layers that hand values on unchanged. */
    private Set<Source> pooled() {
        Set<Source> pooled = new HashSet<>();
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Pooling || node.layer() instanceof AdaptivePooling) {
                Source source = node.from().getFirst();
                while (pooled.add(source)
                        && source instanceof Node before
                        && (before.layer() instanceof Identity || before.layer() instanceof Dropout)) {
                    source = before.from().getFirst();
                }
            }
        }
        return pooled;
    }

    private Operand operand(Source source) {
        Operand operand = given.get(source);
        if (operand == null) {
            throw new IllegalStateException(source + " has not been written");
        }
        return operand;
    }

    private Set<Source> outputSources() {
        Set<Source> sources = new LinkedHashSet<>(network.outputs());
        network.inputs().stream().filter(options.exposed()::contains).forEach(sources::add);
        network.nodes().stream().filter(options.exposed()::contains).forEach(sources::add);
        return sources;
    }

    /** What only goes by another name, such as a dropout, becomes a value of its own here; so does an input. */
    private Port output(Source source) {
        String name = names.getOrDefault(source, source.name());
        Operand operand = operand(source);
        if (source instanceof Input || !operand.name().equals(name)) {
            draft.open(source instanceof Input ? draft.names().take(name + "/output") : name);
            operand = draft.close(own(operand));
        }
        draft.graph().addOutput(valueInfo(operand));
        return port(source, operand);
    }

    /** Whole numbers become real ones, each time anew: two layers may hand the same ones on. */
    private Operand own(Operand operand) {
        Operand batched = draft.batched(operand);
        if (batched.type() != options.type()) {
            String cast = draft.add(
                    "Cast",
                    List.of(batched.name()),
                    Attributes.of("to", options.type().code()));
            return new Operand(cast, batched.order(), batched.sizes(), options.type());
        }
        return batched.name().equals(operand.name())
                ? batched.named(draft.add("Identity", List.of(batched.name())))
                : batched;
    }

    /** One element of what a further copy gives, which keeps its nodes from being left out as unused. */
    private void reduced(Source source, String suffix) {
        Operand operand = operand(source);
        int axes = operand.sizes().size();
        String name = draft.names().take(names.getOrDefault(source, source.name()) + suffix + "/one");
        String zeros = draft.constant(new long[axes]);
        String ones = draft.constant(GraphDraft.ones(axes));
        draft.open(name);
        Operand one = draft.close(new Operand(
                draft.add("Slice", List.of(operand.name(), zeros, ones)),
                operand.order(),
                GraphDraft.ones(axes),
                operand.type()));
        draft.graph().addOutput(valueInfo(one));
    }

    private static Port port(Source source, Operand operand) {
        return new Port(source, operand.name(), operand.type(), operand.order(), operand.sizes());
    }

    private static ValueInfoProto valueInfo(Operand operand) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        operand.sizes().forEach(size -> shape.addDim(Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder()
                .setName(operand.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(operand.type().code())
                                .setShape(shape)))
                .build();
    }
}
