package dev.tally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tally.engine.java.JavaEngine;
import dev.tally.engine.onnxruntime.OnnxRuntime;
import dev.tally.engine.onnxruntime.OnnxRuntimeCpu;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** ONNX's own cases of its operators, whole, through every engine: none of ours had a say in what is right. */
class PublishedOperatorsTest {
    private static final Path CASES = Path.of("..", "shared", "conformance", "operators");

    /** Cases that are no layer of Tally's. */
    private static final Map<String, String> NONE_OF_OURS = Map.of("ELU", "its α is 2, Tally's 1");

    @TestFactory
    Stream<DynamicTest> everyEngineComputesThePublishedOutputs() throws IOException {
        if (!Files.isDirectory(CASES)) {
            // A factory that gives up is not counted as skipped; a test is.
            return Stream.of(dynamicTest(
                    "the published cases",
                    () -> abort("the published cases lie beside the checkout, in " + CASES + ", which is not there")));
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(CASES)) {
            folders = all.filter(Files::isDirectory).sorted().toList();
        }
        assertThat(folders)
                .extracting(folder -> folder.getFileName().toString())
                .containsAll(NONE_OF_OURS.keySet());
        return folders.stream()
                .filter(folder -> !NONE_OF_OURS.containsKey(folder.getFileName().toString()))
                .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws IOException, UnsupportedNetworkException {
        PublishedOperator operator = PublishedOperator.read(folder);
        check(new ReferenceEngine(), operator);
        check(new OnnxRuntimeCpu(() -> OnnxRuntime.load(null)), operator);
        check(new JavaEngine(), operator);
    }

    private static void check(Engine engine, PublishedOperator operator) throws UnsupportedNetworkException {
        Network network = operator.network();
        try (Arena arena = Arena.ofShared()) {
            Map<Input, Tensor> inputs = new LinkedHashMap<>();
            for (Input input : network.inputs()) {
                inputs.put(
                        input,
                        Tensor.allocate(arena, network.batch(), input.shape())
                                .fill(operator.numbers(network.inputs().indexOf(input))));
            }
            Assignment assignment = new Assignment(network, operator.weights(), inputs, 1, Precision.FLOAT32, Set.of());
            try (PreparedNetwork prepared = engine.prepare(assignment)) {
                Source output = network.outputs().getFirst();
                Tensor computed = LayerErrors.tensor(prepared.read(List.of(output), arena), output);
                FloatValues expected = operator.expected();
                assertThat(computed.elements()).as(engine.id()).isEqualTo(operator.elements());
                assertThat(LayerErrors.of(expected::at, computed, 0))
                        .as(engine.id())
                        .isLessThan(1e-4);
            }
        }
    }
}
