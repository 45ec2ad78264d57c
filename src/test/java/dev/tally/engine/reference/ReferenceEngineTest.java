package dev.tally.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tally.analysis.LayerDraw;
import dev.tally.engine.Assignment;
import dev.tally.engine.EngineException;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.onnx.DrawnNetwork;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceEngineTest {
    private final ReferenceEngine engine = new ReferenceEngine();

    /** A few points are worked out one by one where a network is checked, all of them where it is run. */
    @ParameterizedTest
    @EnumSource(LayerDraw.Kind.class)
    void anElementByItselfIsWhatItIsInTheWholeOnAnyNumberOfThreads(LayerDraw.Kind kind)
            throws UnsupportedNetworkException {
        for (int seed = 0; seed < 12; seed++) {
            Network network = DrawnNetwork.of(LayerDraw.of(kind, seed), 1 + seed % 2);
            if (network == null) {
                continue;
            }
            try (Arena arena = Arena.ofShared()) {
                Assignment assignment = Networks.assignment(network, 1 + seed % 3, Precision.FLOAT32, arena);
                try (PreparedNetwork prepared = engine.prepare(assignment)) {
                    Map<Source, Tensor> whole = prepared.read(network.nodes(), arena);
                    network.nodes().forEach(node -> checkEachElement(assignment, node, whole));
                }
            }
        }
    }

    private static void checkEachElement(Assignment assignment, Node node, Map<Source, Tensor> whole) {
        List<Values> inputs = new ArrayList<>();
        for (Source source : node.from()) {
            Tensor tensor = whole.get(source);
            inputs.add(Values.of(
                    tensor == null ? Objects.requireNonNull(assignment.inputs().get(source)) : tensor));
        }
        Values alone = ReferenceLayers.of(node, assignment.network(), inputs, assignment.weights());
        Tensor tensor = Objects.requireNonNull(whole.get(node));
        for (long i = 0; i < tensor.elements(); i++) {
            assertThat((float) alone.at(i)).as("%s at %d", node, i).isEqualTo(tensor.at(i));
        }
    }

    @Test
    void anyLayerCanBeRead() throws UnsupportedNetworkException {
        Network network = Networks.of("[2]", "{'name': 'a', 'type': 'relu'}, {'name': 'b', 'type': 'tanh'}");
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = engine.prepare(Networks.assignment(network, arena))) {
            assertThat(prepared.read(network.nodes(), arena).keySet())
                    .containsExactlyInAnyOrderElementsOf(network.nodes());
            assertThat(prepared.read(List.of(Networks.layer(network, "a")), arena))
                    .hasSize(1);
        }
    }

    @Test
    void computesEveryFloatingPointTypeButNotTf32() throws UnsupportedNetworkException {
        for (String type : List.of("float32", "float16", "bfloat16")) {
            engine.check(
                    Networks.of("{'input': [2], 'dtype': '" + type + "', 'layers': [{'type': 'relu'}]}"),
                    Precision.FLOAT16);
        }
        assertThatThrownBy(() -> engine.check(Networks.of("[2]", "{'type': 'relu'}"), Precision.TF32))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessage(
                        "expected precision float32 or float16, both of which are computed in float64 here, got tf32");
        assertThatThrownBy(() -> engine.check(
                        Networks.of("{'input': [2], 'dtype': 'int8', 'layers': [{'type': 'relu'}]}"),
                        Precision.FLOAT32))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("got int8");
    }

    private UnsupportedNetworkException refusal(Network network) {
        return catchThrowableOfType(UnsupportedNetworkException.class, () -> engine.check(network, Precision.FLOAT32));
    }

    @Test
    void anEmbeddingOfComputedNumbersIsNamed() {
        Network network = Networks.of(
                "[4]", "{'type': 'relu', 'name': 'computed'}, {'type': 'embedding', 'vocabulary': 9, 'units': 2}");

        UnsupportedNetworkException refusal = refusal(network);

        assertThat(refusal).hasMessageContaining("got numbers computed by computed");
        assertThat(refusal.node()).isSameAs(network.nodes().getLast());
    }

    @Test
    void whatDoesNotFitIntoTheHeapIsRefusedBeforeItRuns() {
        // 2^28 elements of 8 bytes, those of the input beside those of the output, and as much again: 8 GiB.
        long bytes = 2L * 8 * 2 * (1 << 28);
        assumeTrue(
                Runtime.getRuntime().maxMemory() / 4 * 3 < bytes,
                "the heap of this machine has room for what others have none");
        Network network = Networks.of("[268435456]", "{'type': 'relu'}");

        assertThatThrownBy(() -> new ReferenceEngine().check(network, Precision.FLOAT32))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("three quarters of the Java heap, got 8,589,934,592");
    }

    /** 2^31 elements are no array. */
    @Test
    void whatIsTooLargeForAnArrayIsNamed() {
        Network output = Networks.of(
                "[65536]",
                "{'type': 'reshape', 'shape': [65536, 1], 'name': 'column'},"
                        + "{'type': 'matmul', 'transposeSecond': true, 'from': ['column', 'column'], 'name': 'large'}");
        assertThat(refusal(output).node()).isSameAs(Networks.layer(output, "large"));
        assertThat(refusal(output))
                .hasMessage("large: expected a tensor of at most 2^31-1 elements, got 1 × 65536×65536");

        Network input = Networks.of("{'input': [2147483647], 'batch': 2, 'layers': [{'type': 'relu'}]}");
        assertThat(refusal(input).node()).isNull();
        assertThat(refusal(input)).hasMessageStartingWith("input: expected a tensor of at most 2^31-1 elements");

        Network weights = Networks.of(
                "[8, 8, 1]", "{'type': 'conv2d', 'filters': 1, 'kernel': 65536, 'padding': 'same', 'name': 'wide'}");
        assertThat(refusal(weights).node()).isSameAs(Networks.layer(weights, "wide"));
        assertThat(refusal(weights)).hasMessageStartingWith("the kernel of wide: expected a tensor of at most");
    }

    @Test
    void aNumberOutsideOfTheVocabularyIsNamed() throws UnsupportedNetworkException {
        Network network = Networks.of("[2]", "{'type': 'embedding', 'vocabulary': 3, 'units': 1, 'name': 'words'}");
        try (Arena arena = Arena.ofShared()) {
            Assignment assignment = Networks.assignment(network, arena);
            assignment.input(network.inputs().getFirst()).set(1, 3);
            try (PreparedNetwork prepared = engine.prepare(assignment)) {
                assertThatThrownBy(prepared::run)
                        .isInstanceOf(EngineException.class)
                        .hasMessage("words expected a number from 0 to 2 to look up, got 3");
            }
        }
    }

    /** What the caller's thread is spared, another must not leave half done. */
    @Test
    void aFailureOnAnyThreadIsTheCallers() throws UnsupportedNetworkException {
        Network network = Networks.of("[64, 64, 8]", "{'type': 'conv2d', 'filters': 8, 'kernel': 3}");
        try (Arena arena = Arena.ofShared()) {
            Assignment seeded = Networks.assignment(network, 3, Precision.FLOAT32, arena);
            Assignment failing = new Assignment(
                    network,
                    (node, slot) -> {
                        var values = new SeededWeights(1).of(node, slot);
                        return index -> {
                            if (index == 300 && slot.name().equals("kernel")) {
                                throw new IllegalStateException("no weight " + index);
                            }
                            return values.at(index);
                        };
                    },
                    seeded.inputs(),
                    3,
                    Precision.FLOAT32,
                    seeded.exposed());
            try (PreparedNetwork prepared = engine.prepare(failing)) {
                assertThatThrownBy(prepared::run).hasMessage("no weight 300");
            }
        }
    }
}
