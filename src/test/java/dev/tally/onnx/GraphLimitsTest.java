package dev.tally.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tally.description.DescriptionReader;
import dev.tally.network.Network;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a description of a line must not be able to ask for. */
class GraphLimitsTest {
    private static Network network(String singleQuoted) {
        return DescriptionReader.read(JsonMapper.shared().readTree(singleQuoted.replace('\'', '"')))
                .network();
    }

    private static UnexportableException refusal(Network network) {
        return catchThrowableOfType(UnexportableException.class, () -> OnnxModel.of(network, OnnxOptions.DEFAULT));
    }

    @Test
    void nearestElementsThatAreNamedOneByOneAreBounded() {
        Network network = network("{'input': [3, 2], 'layers': [{'type': 'resize', 'outputSize': 100000000}]}");

        UnexportableException refusal = refusal(network);

        assertThat(refusal)
                .hasMessage("expected at most 1048576 nearest elements along an axis that is not resized by a whole"
                        + " factor, got 100000000");
        assertThat(refusal.node()).isSameAs(network.nodes().getFirst());
    }

    @Test
    void manyLayersOfManyNodesAreBoundedTogether() {
        String layers = IntStream.range(0, 60)
                .mapToObj(i -> "{'type': 'adaptive_avg_pool1d', 'outputSize': 1024, 'from': 'input'}")
                .collect(Collectors.joining(","));
        Network network = network("{'input': [1025, 1], 'layers': [" + layers + "]}");

        UnexportableException refusal = refusal(network);

        assertThat(refusal).hasMessageStartingWith("expected a graph of at most 100,000 nodes");
        assertThat(Objects.requireNonNull(refusal.node()).name()).startsWith("adaptive_avg_pool1d_");
    }

    @Test
    void namesThatAreAllOneInTheFormatsLettersAreCountedOn() {
        Names names = new Names();

        Set<String> taken =
                IntStream.range(0, 20_000).mapToObj(i -> names.take("层")).collect(Collectors.toSet());

        assertThat(taken).hasSize(20_000).contains("_", "__2", "__20000");
        assertThat(names.take("__2")).isEqualTo("__2_2");
    }

    @Test
    void whatIsInBfloat16IsOfTheFirstVersionWhoseConvolutionsTakeIt()
            throws UnexportableException, InvalidProtocolBufferException {
        Network network = network("{'input': [8, 8, 3], 'layers': [{'type': 'conv2d', 'filters': 2, 'kernel': 3}]}");

        assertThat(version(network, ElementType.BFLOAT16)).isEqualTo(22);
        assertThat(version(network, ElementType.FLOAT16)).isEqualTo(20);
    }

    private static long version(Network network, ElementType type)
            throws UnexportableException, InvalidProtocolBufferException {
        byte[] model = OnnxModel.of(network, new OnnxOptions(type, Set.of(), 1)).withoutWeights();
        return ModelProto.parseFrom(model).getOpsetImport(0).getVersion();
    }
}
