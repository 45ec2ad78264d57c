package dev.tally.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.onnx.OnnxModel.Port;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model as bytes, and as ONNX Runtime reads them. */
class OnnxModelTest {
    private static final Weights WEIGHTS = new SeededWeights(SeededWeights.SEED);

    /** A convolution whose weights take less than a page, and a dense layer, over two axes, whose weights take more. */
    private static final Network SMALL = network("""
            {"name": "small", "input": [6, 6, 3], "layers": [
              {"name": "conv", "type": "conv2d", "filters": 8, "kernel": 3},
              {"name": "norm", "type": "batch_norm"},
              {"name": "tall", "type": "reshape", "shape": [4, 32]},
              {"name": "fc", "type": "dense", "units": 50}]}
            """);

    private static Network network(String json) {
        return DescriptionReader.read(DescriptionJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .network();
    }

    private static OnnxModel model(Network network) {
        return model(network, OnnxOptions.DEFAULT);
    }

    private static OnnxModel model(Network network, OnnxOptions options) {
        try {
            return OnnxModel.of(network, options);
        } catch (UnexportableException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] written(OnnxModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.write(out, WEIGHTS);
        return out.toByteArray();
    }

    private static byte[] weights(OnnxModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.writeWeights(out, WEIGHTS);
        return out.toByteArray();
    }

    private static GraphProto graph(byte[] model) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(model).getGraph();
    }

    private static List<String> names(List<ValueInfoProto> values) {
        return values.stream().map(ValueInfoProto::getName).toList();
    }

    private static Map<String, TensorProto> initializers(byte[] model) throws InvalidProtocolBufferException {
        return graph(model).getInitializerList().stream()
                .collect(Collectors.toMap(TensorProto::getName, tensor -> tensor));
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT", "FLOAT16", "BFLOAT16"})
    void sizesAreThoseOfWhatIsWritten(ElementType type) throws IOException {
        OnnxModel model = model(SMALL, new OnnxOptions(type, Set.of(), 1));

        assertThat(written(model)).hasSize(Math.toIntExact(model.size()));
        assertThat(weights(model)).hasSize(Math.toIntExact(model.weightsSize()));
    }

    @Test
    void weightsBesideAModelAreThoseInside() throws IOException {
        OnnxModel model = model(SMALL);
        byte[] file = weights(model);
        Map<String, TensorProto> inside = initializers(written(model));
        Map<String, TensorProto> beside = initializers(model.withoutWeights());

        assertThat(beside.keySet()).isEqualTo(inside.keySet());
        assertThat(model.initializers()).hasSize(8);
        model.initializers().forEach(initializer -> {
            Map<String, String> place =
                    Objects.requireNonNull(beside.get(initializer.name())).getExternalDataList().stream()
                            .collect(Collectors.toMap(entry -> entry.getKey(), entry -> entry.getValue()));
            int offset = Integer.parseInt(Objects.requireNonNull(place.get("offset")));
            int length = Integer.parseInt(Objects.requireNonNull(place.get("length")));
            assertThat(place).containsEntry("location", "weights.bin");
            assertThat(offset % (length < 4_096 ? 64 : 4_096))
                    .as(initializer.name())
                    .isZero();
            assertThat(Arrays.copyOfRange(file, offset, offset + length))
                    .as(initializer.name())
                    .isEqualTo(Objects.requireNonNull(inside.get(initializer.name()))
                            .getRawData()
                            .toByteArray());
        });
    }

    @Test
    void aModelBesideItsWeightsComputesWhatOneWithThemInsideDoes(@TempDir Path folder) throws Exception {
        OnnxModel model = model(SMALL);
        Path file = Files.write(folder.resolve("model.onnx"), model.withoutWeights());
        try (OutputStream out = Files.newOutputStream(folder.resolve(OnnxModel.WEIGHTS_FILE))) {
            model.writeWeights(out, WEIGHTS);
        }
        try (Arena arena = Arena.ofConfined()) {
            Map<Input, Tensor> inputs = SeededInputs.of(SMALL, 1, arena);

            assertSame(
                    OnnxRuntimeRun.run(SMALL, model, file, inputs, arena),
                    OnnxRuntimeRun.run(SMALL, model, WEIGHTS, inputs, arena));
        }
    }

    private static void assertSame(Map<Source, Tensor> one, Map<Source, Tensor> other) {
        assertThat(one.keySet()).isNotEmpty().isEqualTo(other.keySet());
        one.forEach((source, tensor) -> assertThat(MemorySegment.mismatch(
                        tensor.data(),
                        0,
                        tensor.data().byteSize(),
                        Objects.requireNonNull(other.get(source)).data(),
                        0,
                        tensor.data().byteSize()))
                .as(source.name())
                .isEqualTo(-1));
    }

    @Test
    void elementsAreRoundedToTheirType() throws IOException {
        byte[] floats = raw(ElementType.FLOAT);
        byte[] halves = raw(ElementType.FLOAT16);
        byte[] shortened = raw(ElementType.BFLOAT16);
        for (int i = 0; i < floats.length / 4; i++) {
            float value = Float.intBitsToFloat(bits(floats, 4 * i) | (bits(floats, 4 * i + 2) << 16));

            assertThat(Float.float16ToFloat((short) bits(halves, 2 * i)))
                    .isEqualTo(Float.float16ToFloat(Float.floatToFloat16(value)));
            assertThat(Math.abs(Float.intBitsToFloat(bits(shortened, 2 * i) << 16) - value))
                    .isLessThanOrEqualTo(Math.abs(value) / 256);
        }
    }

    private static byte[] raw(ElementType type) throws IOException {
        return Objects.requireNonNull(initializers(written(model(SMALL, new OnnxOptions(type, Set.of(), 1))))
                        .get("fc.kernel"))
                .getRawData()
                .toByteArray();
    }

    private static int bits(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
    }

    @Test
    void namesThatAreNoNamesInOnnxAreWrittenAsSome() throws Exception {
        Network network = network("""
                {"name": "größe 1", "inputs": {"das bild": [4, 4, 1]}, "outputs": ["a b", "a_b", "ä/b.c-1"], "layers": [
                  {"name": "a b", "type": "conv2d", "filters": 1, "kernel": 1, "from": "das bild"},
                  {"name": "a_b", "type": "conv2d", "filters": 1, "kernel": 1, "from": "das bild"},
                  {"name": "das_bild", "type": "relu", "from": "a b"},
                  {"name": "ä/b.c-1", "type": "add", "from": ["das_bild", "a_b"]}]}
                """);
        OnnxModel model = model(network);
        GraphProto graph = graph(written(model));

        assertThat(graph.getName()).isEqualTo("gr__e_1");
        assertThat(names(graph.getInputList())).containsExactly("das_bild");
        assertThat(names(graph.getOutputList())).containsExactly("a_b", "a_b_2", "_/b.c-1");
        assertThat(graph.getInitializerList().stream().map(TensorProto::getName))
                .containsExactly("a_b.kernel", "a_b.bias", "a_b.kernel_2", "a_b.bias_2");
        assertThat(model.outputs().stream().map(port -> port.source().name()))
                .as("which of the network's each is, its port says")
                .containsExactly("a b", "a_b", "ä/b.c-1");
        try (Arena arena = Arena.ofConfined()) {
            Map<Source, Tensor> computed =
                    OnnxRuntimeRun.run(network, model, WEIGHTS, SeededInputs.of(network, 1, arena), arena);
            Tensor first = Objects.requireNonNull(computed.get(network.outputs().get(0)));
            Tensor second =
                    Objects.requireNonNull(computed.get(network.outputs().get(1)));
            Tensor sum = Objects.requireNonNull(computed.get(network.outputs().get(2)));
            for (int i = 0; i < 16; i++) {
                assertThat(sum.at(i)).isEqualTo(Math.max(0, first.at(i)) + second.at(i));
            }
        }
    }

    @Test
    void whatIsExposedIsAnOutputBehindTheNetworksOwn() throws Exception {
        Source input = SMALL.inputs().getFirst();
        Source conv = SMALL.nodes().getFirst();
        OnnxModel plain = model(SMALL);
        OnnxModel exposing = model(SMALL, new OnnxOptions(ElementType.FLOAT, Set.of(conv, input), 1));

        assertThat(exposing.outputs().stream().map(Port::name)).containsExactly("fc", "input/output", "conv");
        assertThat(exposing.outputs().stream().map(Port::source))
                .containsExactly(SMALL.outputs().getFirst(), input, conv);
        try (Arena arena = Arena.ofConfined()) {
            Map<Input, Tensor> inputs = SeededInputs.of(SMALL, 1, arena);
            Map<Source, Tensor> computed = OnnxRuntimeRun.run(SMALL, exposing, WEIGHTS, inputs, arena);
            Map<Source, Tensor> expected = OnnxRuntimeRun.run(SMALL, plain, WEIGHTS, inputs, arena);

            assertThat(Objects.requireNonNull(computed.get(conv)).shape()).hasToString("4×4×8");
            assertSame(
                    Map.of(input, Objects.requireNonNull(computed.get(input))),
                    Map.of(
                            input,
                            Objects.requireNonNull(inputs.get(SMALL.inputs().getFirst()))));
            Source fc = SMALL.outputs().getFirst();
            for (int i = 0; i < 200; i++) {
                assertThat(Objects.requireNonNull(computed.get(fc)).at(i))
                        .isCloseTo(Objects.requireNonNull(expected.get(fc)).at(i), within(1e-5f));
            }
        }
    }

    @Test
    void copiesComputeAllAgainFromTheSameWeights() throws Exception {
        OnnxModel once = model(SMALL);
        OnnxModel thrice = model(SMALL, new OnnxOptions(ElementType.FLOAT, Set.of(), 3));
        GraphProto one = graph(written(once));
        GraphProto three = graph(written(thrice));

        assertThat(thrice.outputs()).isEqualTo(once.outputs());
        assertThat(thrice.initializers()).isEqualTo(once.initializers());
        assertThat(names(three.getOutputList())).containsExactly("fc", "fc_2/one", "fc_3/one");
        assertThat(three.getNodeList().stream().map(NodeProto::getName)).doesNotHaveDuplicates();
        assertThat(operators(three, "Conv")).isEqualTo(3 * operators(one, "Conv"));
        assertThat(operators(three, "MatMul")).isEqualTo(3 * operators(one, "MatMul"));
        try (Arena arena = Arena.ofConfined()) {
            Map<Input, Tensor> inputs = SeededInputs.of(SMALL, 1, arena);

            assertSame(
                    OnnxRuntimeRun.run(SMALL, thrice, WEIGHTS, inputs, arena),
                    OnnxRuntimeRun.run(SMALL, once, WEIGHTS, inputs, arena));
        }
    }

    private static long operators(GraphProto graph, String operator) {
        return graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals(operator))
                .count();
    }

    @Test
    void weightsThatAProtobufCannotHoldAreRefusedInsideAndCountedBeside() {
        OnnxModel model = model(network("""
                {"input": [40000], "layers": [{"type": "dense", "units": 40000, "bias": false}]}"""));

        assertThat(model.weightsSize()).isEqualTo(6_400_000_000L);
        assertThatThrownBy(() -> model.write(OutputStream.nullOutputStream(), WEIGHTS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("expected a model of at most 2147483647 bytes with its weights inside, got 64");
    }

    @Test
    void int8HasNoModel() {
        Network network = network("""
                {"input": [4], "dtype": "int8", "layers": [{"type": "dense", "units": 4}]}""");

        assertThatThrownBy(() -> OnnxModel.of(network, OnnxOptions.DEFAULT))
                .isInstanceOf(UnexportableException.class)
                .hasMessageContaining("int8 takes scales and zero points");
    }
}
