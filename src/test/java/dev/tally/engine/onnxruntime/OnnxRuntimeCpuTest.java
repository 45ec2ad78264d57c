package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.engine.Assignment;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRuntimeCpuTest {
    private static final Network SMALL = Networks.of("[8, 8, 3]", """
            {'name': 'conv', 'type': 'conv2d', 'filters': 4, 'kernel': 3, 'activation': 'relu'},
            {'name': 'pool', 'type': 'max_pool2d', 'kernel': 2},
            {'name': 'flat', 'type': 'flatten'},
            {'name': 'units', 'type': 'dense', 'units': 5}
            """);

    private final OnnxRuntimeCpu engine = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null));

    private UnsupportedNetworkException refusal(Network network, Precision precision) {
        return catchThrowableOfType(UnsupportedNetworkException.class, () -> engine.check(network, precision));
    }

    @Test
    void whatATransposedConvolutionSpreadsMustFitATensor() {
        Network network = Networks.of(
                "[9000, 1]", "{'type': 'transposed_conv1d', 'filters': 1, 'kernel': 100000, 'name': 'wide'}");

        UnsupportedNetworkException refusal = refusal(network, Precision.FLOAT32);

        assertThat(refusal).hasMessageStartingWith("the columns of wide: expected at most 2,147,483,583 bytes");
        assertThat(refusal).hasMessageEndingWith("got 3,600,000,000");
        assertThat(refusal.node()).isSameAs(Networks.layer(network, "wide"));
    }

    @Test
    void responsesThatGrowAreNormalisedInSteps() throws UnsupportedNetworkException {
        for (String growing : List.of("'alpha': -0.5", "'alpha': 0", "'beta': -2")) {
            Network network = Networks.of("[3, 3, 6]", "{'type': 'local_response_norm', 'size': 5, " + growing + "}");
            try (Arena arena = Arena.ofShared()) {
                assertThat(LayerErrors.of(engine, Networks.assignment(network, arena))
                                .values())
                        .as(growing)
                        .allSatisfy(error -> assertThat(error).isLessThan(1e-5));
            }
        }
    }

    @Test
    void isAvailableWithItsVersionAndBuild() {
        assertThat(engine.status().available()).isTrue();
        assertThat(engine.status().version()).isEqualTo(OnnxRuntime.load(null).version());
        assertThat(engine.status().properties())
                .containsEntry("build", "class path")
                .containsEntry("optimization", "all");
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"TF32", "FLOAT16"})
    void computesInFloat32Alone(Precision precision) {
        assertThat(refusal(SMALL, precision))
                .hasMessage("the CPU provider computes in the precision float32, got " + precision.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"float16", "bfloat16", "int8"})
    void runsNetworksOfFloat32Alone(String type) {
        Network network = Networks.of("{'input': [2], 'dtype': '" + type + "', 'layers': [{'type': 'relu'}]}");

        for (Precision precision : Precision.values()) {
            assertThat(refusal(network, precision))
                    .hasMessage("the CPU provider runs networks of dtype float32, got " + type);
        }
    }

    @Test
    void anEmbeddingOfComputedNumbersIsNamed() {
        Network network = Networks.of(
                "[4]", "{'type': 'relu'}, {'name': 'words', 'type': 'embedding', 'vocabulary': 9, 'units': 2}");

        assertThat(refusal(network, Precision.FLOAT32).node()).isSameAs(Networks.layer(network, "words"));
    }

    /** Each takes two nodes of the graph. */
    @Test
    void anAdaptivePoolOfThousandsOfUnevenWindowsIsNamed() {
        Network network =
                Networks.of("[3000, 2]", "{'name': 'pool', 'type': 'adaptive_avg_pool1d', 'outputSize': 2999}");

        assertThat(refusal(network, Precision.FLOAT32))
                .hasMessage("expected at most 1024 uneven windows along an axis, got 2999")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(network, "pool")));
    }

    /** 2^31 bytes are more than a buffer of Java's has, for which 2^31 - 1 less a few are the most. */
    @Test
    void tensorsOfTwoGigabytesAreRefusedBeforeAnythingIsAllocated() {
        Network input = Networks.of("[32768, 16384]", "{'type': 'relu'}");
        assertThat(refusal(input, Precision.FLOAT32))
                .hasMessage(
                        "the input input: expected at most 2,147,483,583 bytes, what a tensor of ONNX Runtime's binding"
                                + " for Java takes, got 2,147,483,648");

        Network output = Networks.of("{'input': [16384], 'batch': 2, 'layers': ["
                + "{'name': 'column', 'type': 'reshape', 'shape': [16384, 1]},"
                + "{'name': 'square', 'type': 'matmul', 'transposeSecond': true, 'from': ['column', 'column']}]}");
        assertThat(refusal(output, Precision.FLOAT32))
                .hasMessageStartingWith("the output square: expected")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(output, "square")));

        Network between = Networks.of(
                "[32768]",
                "{'name': 'column', 'type': 'reshape', 'shape': [32768, 1]},"
                        + "{'name': 'square', 'type': 'matmul', 'transposeSecond': true, 'from': ['column', 'column']},"
                        + "{'name': 'sum', 'type': 'reduce_sum', 'axes': [0, 1]}");
        assertThat(refusal(between, Precision.FLOAT32))
                .hasMessageStartingWith("the output square: expected")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(between, "square")));

        Network weights = Networks.of("[16384]", "{'name': 'wide', 'type': 'dense', 'units': 32768}");
        assertThat(refusal(weights, Precision.FLOAT32))
                .hasMessageStartingWith("the weights kernel: expected")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(weights, "wide")));
    }

    /** They are no tensor of the network: 2^15 positions are 2^30 scores, 4 bytes each, of every head. */
    @Test
    void anAttentionsScoresAreAsLargeAsATensorAtMost() {
        Network network =
                Networks.of("[32768, 2]", "{'name': 'attention', 'type': 'multi_head_attention', 'heads': 1}");

        assertThat(refusal(network, Precision.FLOAT32))
                .hasMessageStartingWith("the scores of attention: expected at most")
                .hasMessageEndingWith("got 4,294,967,296")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(network, "attention")));
    }

    /** ONNX Runtime takes padding that is narrower than the kernel; wider is written out, here in terabytes. */
    @Test
    void aPoolWhoseTapsReachFarIntoThePaddingIsNamed() {
        for (String type : List.of("max_pool2d", "avg_pool2d")) {
            Network network = Networks.of(
                    "[8, 8, 3]",
                    "{'name': 'pool', 'type': '" + type
                            + "', 'kernel': 2, 'stride': 1, 'dilation': 1000000, 'padding': 'same'}");

            assertThat(refusal(network, Precision.FLOAT32))
                    .hasMessageEndingWith("got 3,000,048,000,192")
                    .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(network, "pool")));
        }
    }

    @Test
    void preparingAsksForNoWeightsOfWhatIsRefused() {
        Network network = Networks.of("[16384]", "{'type': 'dense', 'units': 32768}");
        try (Arena arena = Arena.ofConfined()) {
            Assignment assignment = Networks.assignmentWithoutWeights(network, arena);

            assertThatThrownBy(() -> engine.prepare(assignment)).isInstanceOf(UnsupportedNetworkException.class);
        }
    }

    @Test
    void outputsAndWhatIsExposedCanBeReadAndNothingElse() throws UnsupportedNetworkException {
        Node pool = Networks.layer(SMALL, "pool");
        Node units = Networks.layer(SMALL, "units");
        Source input = SMALL.inputs().getFirst();
        try (Arena arena = Arena.ofShared()) {
            Assignment plain = Networks.assignment(SMALL, arena);
            Assignment open =
                    new Assignment(SMALL, plain.weights(), plain.inputs(), 1, Precision.FLOAT32, Set.of(pool, input));
            try (PreparedNetwork prepared = engine.prepare(open)) {
                Map<Source, Tensor> read = prepared.read(List.of(units, pool, input), arena);

                assertThat(LayerErrors.tensor(read, units).elements()).isEqualTo(5);
                assertThat(LayerErrors.tensor(read, pool).shape()).isEqualTo(pool.shape());
                assertThat(LayerErrors.tensor(read, input).at(7))
                        .isEqualTo(plain.input(SMALL.inputs().getFirst()).at(7));
                assertThat(prepared.read(List.of(), arena)).isEmpty();
                assertThatThrownBy(() -> prepared.read(List.of(Networks.layer(SMALL, "conv")), arena))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("conv is neither an output nor exposed");
            }
        }
    }

    @Test
    void everyNumberOfThreadsAndLevelOfOptimizationComputesTheSame() throws UnsupportedNetworkException {
        Node units = Networks.layer(SMALL, "units");
        try (Arena arena = Arena.ofShared()) {
            Tensor first = null;
            for (Optimization optimization : Optimization.values()) {
                for (int threads = 1; threads <= 3; threads++) {
                    OnnxRuntimeCpu other = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null), optimization, List.of());
                    Assignment assignment = Networks.assignment(SMALL, threads, Precision.FLOAT32, arena);
                    try (PreparedNetwork prepared = other.prepare(assignment)) {
                        prepared.run();
                        Tensor given = LayerErrors.tensor(prepared.read(List.of(units), arena), units);
                        first = first == null ? given : first;
                        assertThat(LayerErrors.of(first::at, given, 0))
                                .as("%s, %d threads", optimization, threads)
                                .isLessThan(1e-6);
                    }
                }
            }
        }
    }

    @Test
    void threadsMayBeBoundToProcessors() throws UnsupportedNetworkException {
        OnnxRuntimeCpu bound = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null), Optimization.ALL, List.of(0, 0));
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = bound.prepare(Networks.assignment(SMALL, 2, Precision.FLOAT32, arena))) {
            prepared.run();
            assertThat(prepared.kernel()).isEqualTo("CPUExecutionProvider");
        }
        assertThat(OnnxRuntimeCpu.affinities(List.of(1, 3))).isEqualTo("2;4");
    }

    /** It computes on the host: how long a run takes is all that there is to say. */
    @Test
    void hasNoDeviceTimeOfItsOwn() throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = engine.prepare(Networks.assignment(SMALL, arena))) {
            assertThat(prepared.deviceNanos(1_000_000)).isEmpty();
            assertThat(engine.onHost()).isTrue();
        }
    }
}
