package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.engine.Algorithm;
import dev.tally.engine.Assignment;
import dev.tally.engine.EngineException;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.engine.reference.Values;
import dev.tally.host.Pinning;
import dev.tally.kernel.convolution.Convolutions;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaEngineTest {
    private static final Network SMALL = Networks.of("[8, 8, 3]", """
            {'name': 'conv', 'type': 'conv2d', 'filters': 4, 'kernel': 3, 'activation': 'relu'},
            {'name': 'pool', 'type': 'max_pool2d', 'kernel': 2},
            {'name': 'flat', 'type': 'flatten'},
            {'name': 'units', 'type': 'dense', 'units': 5}
            """);

    private static final String LOOKS_UP_WHAT_IS_COMPUTED = """
            {'name': 'sums', 'type': 'dense', 'units': 4},
            {'name': 'words', 'type': 'embedding', 'vocabulary': 9, 'units': 2}
            """;

    private final JavaEngine engine = JavaEngines.uncompiled();

    private UnsupportedNetworkException refusal(Network network, String algorithm) {
        return catchThrowableOfType(
                UnsupportedNetworkException.class, () -> engine.check(network, Precision.FLOAT32, algorithm));
    }

    private UnsupportedNetworkException refusal(Network network) {
        return catchThrowableOfType(UnsupportedNetworkException.class, () -> engine.check(network, Precision.FLOAT32));
    }

    private static Assignment forced(Assignment assignment, String algorithm) {
        return new Assignment(
                assignment.network(),
                assignment.weights(),
                assignment.inputs(),
                assignment.threads(),
                assignment.precision(),
                assignment.exposed(),
                algorithm);
    }

    /** {@return the largest error over a network's outputs, as a whole: whatever is fused is so here} */
    private static double error(JavaEngine engine, Assignment assignment) throws UnsupportedNetworkException {
        List<Source> outputs = assignment.network().outputs();
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = engine.prepare(assignment);
                PreparedNetwork reference = new ReferenceEngine().prepare(assignment)) {
            Map<Source, Tensor> computed = prepared.read(outputs, arena);
            Map<Source, Tensor> expected = reference.read(outputs, arena);
            return outputs.stream()
                    .mapToDouble(output -> LayerErrors.of(
                            Values.of(LayerErrors.tensor(expected, output)), LayerErrors.tensor(computed, output), 0))
                    .max()
                    .orElseThrow();
        }
    }

    @Test
    void saysOnWhichVectorsItComputes() {
        assertThat(engine.status().available()).isTrue();
        assertThat(engine.status().version()).isNull();
        assertThat(engine.status().properties().get("vectors")).matches("\\d+-bit vectors");
        assertThat(JavaEngines.ofLanes(4).status().properties()).containsEntry("vectors", "128-bit vectors");
        assertThat(JavaEngines.ofLanes(0).status().properties().get("vectors"))
                .startsWith("plain loops, many times slower");
        assertThat(engine.onHost()).isTrue();
        assertThat(engine.bindsThreads()).isTrue();
    }

    @Test
    void algorithmsAreThoseOfTheKernelsInTheirOrder() {
        assertThat(engine.algorithms())
                .extracting(Algorithm::id)
                .containsExactlyElementsOf(Convolutions.all().stream()
                        .map(algorithm -> algorithm.id())
                        .toList())
                .contains("direct")
                .endsWith("plain");
        assertThat(engine.algorithms())
                .extracting(Algorithm::description)
                .allSatisfy(description -> assertThat(description).isNotBlank());
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"TF32", "FLOAT16"})
    void computesInFloat32Alone(Precision precision) {
        assertThatThrownBy(() -> engine.check(SMALL, precision))
                .hasMessage("the engine java computes in the precision float32, got " + precision.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"float16", "bfloat16", "int8"})
    void runsNetworksOfFloat32Alone(String type) {
        Network network = Networks.of("{'input': [2], 'dtype': '" + type + "', 'layers': [{'type': 'relu'}]}");

        assertThat(refusal(network)).hasMessage("the engine java runs networks of dtype float32, got " + type);
    }

    @Test
    void attentionWhoseProjectionsAreTooLargeIsNamed() {
        Network network = Networks.of(
                "[65536, 2]",
                "{'type': 'relu'}, {'name': 'heads', 'type': 'multi_head_attention', 'heads': 1, 'keyDim': 32768}");

        assertThat(refusal(network))
                .hasMessage("the projection \"query\" of \"heads\": expected at most 2^31-1 elements, got 1 × 65536 ×"
                        + " 32768")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(network, "heads")));
    }

    @Test
    void anEmbeddingOfComputedNumbersIsNamed() {
        Network network = Networks.of("[8, 3]", LOOKS_UP_WHAT_IS_COMPUTED);

        assertThat(refusal(network))
                .hasMessage("the embedding \"words\": expected an input of the network as what it looks up, got numbers"
                        + " computed by \"sums\"")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(network, "words")));
    }

    @Test
    void aNumberOfNoEntryIsNamedWhenItIsLookedUp() throws UnsupportedNetworkException {
        Network network = Networks.of("[3]", "{'name': 'words', 'type': 'embedding', 'vocabulary': 2, 'units': 4}");
        try (Arena arena = Arena.ofShared()) {
            Assignment drawn = Networks.assignment(network, arena);
            Tensor numbers = Tensor.allocate(
                    arena, network.batch(), network.inputs().getFirst().shape());
            numbers.set(1, 2);
            Assignment assignment = new Assignment(
                    network,
                    drawn.weights(),
                    Map.of(network.inputs().getFirst(), numbers),
                    1,
                    Precision.FLOAT32,
                    Set.of());
            try (PreparedNetwork prepared = engine.prepare(assignment)) {
                assertThatThrownBy(prepared::run)
                        .isInstanceOf(EngineException.class)
                        .hasMessage("words expected a number from 0 to 1 to look up, got 2");
            }
        }
    }

    @Test
    void tensorsOfMoreThan31BitsOfElementsAreRefusedBeforeAnythingIsAllocated() {
        assertThat(refusal(Networks.of("[32768, 65536]", "{'type': 'relu'}")))
                .hasMessage("the input \"input\": expected at most 2^31-1 elements, got 1 × 32768×65536");
        Network wide = Networks.of("[65536]", "{'name': 'wide', 'type': 'dense', 'units': 32768}");
        assertThat(refusal(wide))
                .hasMessage("the weights \"kernel\" of \"wide\": expected at most 2^31-1 elements, got 1 × 32768×65536")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(wide, "wide")));
        Network padded = Networks.of(
                "[40000, 40000, 1]",
                "{'name': 'far', 'type': 'pad', 'padding': [[20000, 0], [0, 0]]},"
                        + "{'type': 'conv2d', 'filters': 1, 'kernel': 1}");
        assertThat(refusal(padded)).hasMessageStartingWith("the output of \"far\": expected at most 2^31-1 elements");
    }

    @Test
    void paddingOfMoreThan31BitsIsRefused() {
        Network network = Networks.of(
                "[8, 3]",
                "{'name': 'far', 'type': 'conv1d', 'filters': 3, 'kernel': 3, 'padding': 'same',"
                        + " 'dilation': 2000000000}");

        assertThat(refusal(network))
                .hasMessageStartingWith("expected at most 2^31-1 elements along an axis, those of the padding among")
                .satisfies(refused -> assertThat(refused.node()).isSameAs(Networks.layer(network, "far")));
    }

    @Test
    void preparingAsksForNoWeightsOfWhatIsRefused() {
        Network network = Networks.of("[8, 3]", LOOKS_UP_WHAT_IS_COMPUTED);
        try (Arena arena = Arena.ofConfined()) {
            Assignment assignment = Networks.assignmentWithoutWeights(network, arena);

            assertThatThrownBy(() -> engine.prepare(assignment)).isInstanceOf(UnsupportedNetworkException.class);
        }
    }

    @Test
    void aForcedAlgorithmComputesEveryConvolutionOrSaysWhichItDoesNotApplyTo() throws UnsupportedNetworkException {
        Network network = Networks.of(
                "[20, 20, 16]",
                "{'type': 'conv2d', 'filters': 16, 'kernel': 3, 'padding': 1},"
                        + "{'name': 'odd', 'type': 'conv2d', 'filters': 16, 'kernel': [3, 2], 'stride': 2}");
        try (Arena arena = Arena.ofShared()) {
            Assignment assignment = Networks.assignment(network, arena);
            int applied = 0;
            for (Algorithm algorithm : engine.algorithms()) {
                UnsupportedNetworkException refused = refusal(network, algorithm.id());
                Assignment forced = forced(assignment, algorithm.id());
                if (refused != null) {
                    assertThat(refused)
                            .hasMessageStartingWith("the algorithm \"" + algorithm.id() + "\" does not apply: expected")
                            .hasMessageContaining("got");
                    assertThat(refused.node()).isNotNull();
                    assertThatThrownBy(() -> engine.prepare(forced)).hasMessage(refused.getMessage());
                } else {
                    applied++;
                    assertThat(error(engine, forced)).as(algorithm.id()).isLessThan(1e-4);
                    try (PreparedNetwork prepared = engine.prepare(forced)) {
                        assertThat(List.of(prepared.kernel().split(", ")))
                                .allSatisfy(kernel -> assertThat(kernel).startsWith(algorithm.id()));
                    }
                }
            }
            assertThat(applied).as("direct and plain at least").isGreaterThanOrEqualTo(2);
        }
        assertThat(refusal(network, "winograd-4x4-3x3").node()).isSameAs(Networks.layer(network, "odd"));
    }

    @Test
    void aForcedAlgorithmThatTakesTooMuchMemoryIsRefusedWithBothNumbers() {
        JavaEngine small = new JavaEngine(List.of(), 1000, Duration.ZERO);
        Network network = Networks.of("[20, 20, 16]", "{'type': 'conv2d', 'filters': 16, 'kernel': 3, 'padding': 1}");

        assertThatThrownBy(() -> small.check(network, Precision.FLOAT32, "plain"))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageMatching("the algorithm \"plain\" does not apply: expected a workspace of at most 1,000"
                        + " bytes, got [\\d,]+");
    }

    /** Dense layers are no convolutions: another algorithm may compute them. */
    @Test
    void aForcedAlgorithmIsNoneOfDenseLayers() throws UnsupportedNetworkException {
        assertThat(refusal(Networks.of("[5]", "{'type': 'dense', 'units': 3}"), "winograd-4x4-3x3"))
                .isNull();
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = engine.prepare(
                        Networks.assignment(Networks.of("[5]", "{'type': 'dense', 'units': 3}"), arena))) {
            assertThat(prepared.kernel()).matches("operators:\\d+");
        }
    }

    @Test
    void kernelsAreNamedOnceAndAFewOfThem() throws UnsupportedNetworkException {
        Network network = Networks.of("[40, 40, 8]", """
                {'type': 'conv2d', 'filters': 8, 'kernel': 3, 'padding': 1},
                {'type': 'conv2d', 'filters': 8, 'kernel': 3, 'padding': 1},
                {'type': 'conv2d', 'filters': 8, 'kernel': 3, 'stride': 2},
                {'type': 'conv2d', 'filters': 80, 'kernel': 3, 'stride': 2},
                {'type': 'conv2d', 'filters': 80, 'kernel': 3, 'stride': 2},
                {'type': 'conv2d', 'filters': 80, 'kernel': 3, 'stride': 1}
                """);
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = engine.prepare(forced(Networks.assignment(network, arena), "direct"))) {
            assertThat(prepared.kernel()).matches("direct-\\d+x\\d+:\\d+(, direct-\\d+x\\d+:\\d+){2} \\+ \\d more");
        }
    }

    @Test
    void outputsAndWhatIsExposedCanBeReadAndNothingElse() throws UnsupportedNetworkException {
        Node pool = Networks.layer(SMALL, "pool");
        Node units = Networks.layer(SMALL, "units");
        Source input = SMALL.inputs().getFirst();
        try (Arena arena = Arena.ofShared()) {
            Assignment plain = Networks.assignment(SMALL, arena);
            try (PreparedNetwork prepared = engine.prepare(plain.exposing(Set.of(pool, input)))) {
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

    /**
     * Fused into the convolution where nobody sees what is between; kept apart where a layer is read or taken twice.
     */
    @Test
    void normsAndRectifiersAfterAConvolutionGiveWhatTheyGiveApart() throws UnsupportedNetworkException {
        for (Layout layout : Layout.values()) {
            for (String type : List.of("conv2d", "depthwise_conv2d", "transposed_conv2d")) {
                for (String function : List.of("relu", "relu6", "tanh")) {
                    fused(layout, type, function, "");
                    fused(layout, type, function, ", {'type': 'add', 'from': ['function', 'norm']}");
                }
            }
        }
    }

    private void fused(Layout layout, String type, String function, String then) throws UnsupportedNetworkException {
        String filters = type.equals("depthwise_conv2d") ? "" : ", 'filters': 6, 'groups': 2";
        Network network = Networks.of("{'layout': '" + layout.id() + "', 'input': [6, 6, 6], 'batch': 2, 'layers': ["
                + "{'type': '" + type + "', 'kernel': 3, 'padding': 'same'" + filters + "},"
                + "{'name': 'norm', 'type': 'batch_norm'}, {'type': 'dropout', 'rate': 0.5},"
                + "{'name': 'function', 'type': '" + function + "'}" + then + "]}");
        try (Arena arena = Arena.ofShared()) {
            Assignment assignment = Networks.assignment(network, 2, Precision.FLOAT32, arena);

            assertThat(error(engine, assignment)).as(network.nodes().toString()).isLessThan(1e-5);
            assertThat(LayerErrors.of(engine, assignment).values())
                    .allSatisfy(error -> assertThat(error).isLessThan(1e-5));
        }
    }

    static int[] lanes() {
        return JavaEngines.lanes();
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void everyLengthOfVectorsAndNumberOfThreadsComputesTheSame(int lanes) throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared()) {
            for (int threads = 1; threads <= 3; threads++) {
                assertThat(error(
                                JavaEngines.ofLanes(lanes),
                                Networks.assignment(SMALL, threads, Precision.FLOAT32, arena)))
                        .as("%d threads", threads)
                        .isLessThan(1e-5);
            }
        }
    }

    /** Flattened in the order in which the network declares its axes: its weights follow that. */
    @Test
    void aFlattenKeepsTheOrderOfTheNetworksLayout() throws UnsupportedNetworkException {
        for (String layout : List.of("channels_first", "channels_last")) {
            for (String layer : List.of(
                    "{'type': 'flatten'}",
                    "{'type': 'reshape', 'shape': [8, 15]}",
                    "{'type': 'reshape', 'shape': [6, 5, 4]}")) {
                Network network = Networks.of("{'layout': '" + layout + "', 'input': [4, 5, 6], 'batch': 3, 'layers': ["
                        + layer + ", {'type': 'dense', 'units': 7}]}");
                try (Arena arena = Arena.ofShared()) {
                    assertThat(error(engine, Networks.assignment(network, arena)))
                            .isLessThan(1e-5);
                }
            }
        }
    }

    @Test
    void helpersAreBoundToProcessorsOfTheirOwnAndEndWithTheNetwork() throws Exception {
        List<Integer> cores = Pinning.allowedCpus();
        JavaEngine bound = new JavaEngine(cores, JavaEngine.WORKSPACE_BYTES, Duration.ZERO);
        int threads = Math.max(2, cores.size());
        try (Arena arena = Arena.ofShared()) {
            try (PreparedNetwork prepared =
                    bound.prepare(Networks.assignment(SMALL, threads, Precision.FLOAT32, arena))) {
                prepared.run();
                prepared.park();
                prepared.run();
                assertThat(helpers()).isEqualTo(threads - 1L);
            }
            for (int i = 0; i < 500 && helpers() > 0; i++) {
                Thread.sleep(10);
            }
            assertThat(helpers()).isZero();
        }
    }

    private static long helpers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(HelperThreads.NAME))
                .count();
    }

    @Test
    void whatCannotBePreparedLeavesNoThreadBehind() throws InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            Assignment assignment = new Assignment(
                    SMALL,
                    (node, slot) -> {
                        throw new IllegalStateException("no weights");
                    },
                    Networks.assignment(SMALL, arena).inputs(),
                    2,
                    Precision.FLOAT32,
                    Set.of());

            assertThatThrownBy(() -> engine.prepare(assignment)).hasMessage("no weights");
            for (int i = 0; i < 500 && helpers() > 0; i++) {
                Thread.sleep(10);
            }
            assertThat(helpers()).isZero();
        }
    }

    @Test
    void preparingHasTheKernelsCompiled() throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared()) {
            assertThat(error(new JavaEngine(), Networks.assignment(SMALL, arena)))
                    .isLessThan(1e-5);
        }
    }
}
