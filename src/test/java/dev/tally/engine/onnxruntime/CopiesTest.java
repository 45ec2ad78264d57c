package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.tally.engine.Assignment;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.onnx.ElementType;
import dev.tally.onnx.OnnxOptions;
import dev.tally.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs of several copies of a network, by which a GPU's own time is found, here on the CPU provider. */
class CopiesTest {
    /** Of images and of numbers of entries, with views, and two outputs. */
    private static final Network NETWORK = Networks.of("""
            {'inputs': {'image': [6, 6, 3], 'words': [4]}, 'batch': 2, 'layers': [
              {'name': 'conv', 'type': 'conv2d', 'filters': 8, 'kernel': 3, 'activation': 'relu', 'from': 'image'},
              {'name': 'flat', 'type': 'flatten'},
              {'name': 'units', 'type': 'dense', 'units': 5},
              {'name': 'entries', 'type': 'embedding', 'vocabulary': 9, 'units': 2, 'from': 'words'},
              {'name': 'same', 'type': 'dropout'}]}
            """);

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT", "FLOAT16"})
    void theFirstCopyGivesTheOutputs(ElementType type) throws UnsupportedNetworkException, IOException {
        try (Arena arena = Arena.ofShared();
                PreparedNetwork one = session(type, 1, true, arena);
                PreparedNetwork three = session(type, 3, true, arena)) {
            Map<Source, Tensor> expected = one.read(NETWORK.outputs(), arena);
            Map<Source, Tensor> given = three.read(NETWORK.outputs(), arena);

            assertThat(NETWORK.outputs())
                    .hasSize(2)
                    .allSatisfy(output -> assertThat(LayerErrors.of(
                                    LayerErrors.tensor(expected, output)::at, LayerErrors.tensor(given, output), 0))
                            .isLessThan(1e-6));
        }
    }

    /** What is written is the graph as ONNX Runtime has rewritten it. */
    @Test
    void everyCopyIsComputed() throws UnsupportedNetworkException, IOException {
        try (Arena arena = Arena.ofShared()) {
            session(ElementType.FLOAT, 3, true, arena).close();
            assertThat(convolutions()).isEqualTo(3);

            session(ElementType.FLOAT, 3, false, arena).close();
            assertThat(convolutions()).as("where it may merge them").isEqualTo(1);
        }
    }

    private PreparedNetwork session(ElementType type, int copies, boolean kept, Arena arena)
            throws UnsupportedNetworkException {
        Assignment assignment = Networks.assignment(NETWORK, 1, Precision.FLOAT32, arena);
        SessionMaker maker = new SessionMaker(OnnxRuntime.load(null).environment(), (session, _) -> {
            session.setOptimizedModelFilePath(folder.resolve("optimized.onnx").toString());
            if (kept) {
                OnnxRuntimeCuda.keepCopies(session);
            }
        });
        return new PreparedSession(maker, assignment, new OnnxOptions(type, Set.of(), copies), "copies");
    }

    private long convolutions() throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(folder.resolve("optimized.onnx")))
                .getGraph()
                .getNodeList()
                .stream()
                .map(NodeProto::getOpType)
                .filter(operator -> operator.endsWith("Conv"))
                .count();
    }
}
