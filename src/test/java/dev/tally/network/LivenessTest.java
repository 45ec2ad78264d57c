package dev.tally.network;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.batchNorm;
import static dev.tally.network.Layers.chain;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.dense;
import static dev.tally.network.Layers.maxPool;
import static dev.tally.network.Layers.node;
import static dev.tally.network.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Liveness.Role;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivenessTest {
    /** 32 elements; convolutions of n filters give 16 · n. */
    private static final Shape INPUT = Shape.of(4, 4, 2);

    @Test
    void peakIsTheMostThatRunningTheNetworkAllocates() {
        Set<Class<?>> drawn = new HashSet<>();
        for (int seed = 0; seed < 4_000; seed++) {
            Network network = GraphDraw.of(seed);
            Liveness liveness = Liveness.of(network);
            MemorySimulation simulation = MemorySimulation.of(network);
            String description = "seed " + seed + ": " + network.nodes() + " gives " + network.outputs();

            assertThat(liveness.peakElements()).as(description).isEqualTo(simulation.peakElements());
            assertThat(liveness.peakStep()).as(description).isEqualTo(simulation.peakAt());
            for (Node node : network.nodes()) {
                Role role = MemorySimulation.isWeight(node)
                        ? Role.WEIGHT
                        : MemorySimulation.isView(node) ? Role.VIEW : simulation.isFused(node) ? Role.FUSED : Role.STEP;
                drawn.add(node.layer().getClass());
                assertThat(liveness.role(node)).as(description + ", " + node).isEqualTo(role);
                assertThat(liveness.owner(node)).as(description + ", " + node).isEqualTo(simulation.tensor(node));
                assertThat(liveness.liveElements(node)).as(description).isEqualTo(simulation.elementsAt(node));
                for (Source taken : node.from()) {
                    boolean learned =
                            simulation.tensor(taken) instanceof Node tensor && MemorySimulation.isWeight(tensor);
                    assertThat(learned || liveness.outlives(taken, node))
                            .as(description + ", " + taken + " after " + node)
                            .isEqualTo(learned || simulation.isLeftAfter(taken, node));
                }
            }
        }

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(kinds(Layer.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LivenessTest::kinds)
                : Stream.of(type);
    }

    @Test
    void activationThatIsTheOnlyConsumerOfAConvolutionIsFused() {
        assertThat(roles(chain(INPUT, conv(3, 1), relu()))).containsExactly(Role.STEP, Role.FUSED);
    }

    @Test
    void batchNormThatIsTheOnlyConsumerOfADenseLayerIsFused() {
        assertThat(roles(chain(Shape.of(8), dense(3), batchNorm()))).containsExactly(Role.STEP, Role.FUSED);
    }

    @Test
    void activationOfAnAdditionIsFused() {
        Network network = start().layer("conv", "conv2d", conv(2, 1), "in")
                .layer("add", "add", add(), "conv", "in")
                .layer("relu", "relu", relu(), "add")
                .build();

        assertThat(roles(network)).containsExactly(Role.STEP, Role.STEP, Role.FUSED);
    }

    @Test
    void batchNormAndActivationInAChainAreFused() {
        Network network = chain(INPUT, conv(3, 1), batchNorm(), relu());

        assertThat(roles(network)).containsExactly(Role.STEP, Role.FUSED, Role.FUSED);
        assertThat(Liveness.of(network).owner(node(network, "2"))).isEqualTo(node(network, "0"));
        assertThat(Liveness.of(network).peakElements()).isEqualTo(32 + 48);
    }

    @Test
    void activationBehindADropoutIsFused() {
        assertThat(roles(chain(INPUT, conv(3, 1), new Dropout(0.5), relu())))
                .containsExactly(Role.STEP, Role.VIEW, Role.FUSED);
    }

    @Test
    void activationOfAConvolutionThatIsConsumedTwiceIsNotFused() {
        Network network = start().layer("conv", "conv2d", conv(3, 1), "in")
                .layer("relu", "relu", relu(), "conv")
                .layer("add", "add", add(), "conv", "relu")
                .build();

        assertThat(roles(network)).containsExactly(Role.STEP, Role.STEP, Role.STEP);
        assertThat(Liveness.of(network).peakElements()).isEqualTo(48 + 48 + 48);
    }

    @Test
    void activationOfAConvolutionThatIsAnOutputIsNotFused() {
        Network network = start().layer("conv", "conv2d", conv(3, 1), "in")
                .layer("relu", "relu", relu(), "conv")
                .outputs(List.of("conv", "relu"))
                .build();

        assertThat(roles(network)).containsExactly(Role.STEP, Role.STEP);
    }

    @Test
    void activationOfAPoolAnInputOrAConcatenationIsNotFused() {
        assertThat(roles(chain(INPUT, maxPool(2), relu()))).containsExactly(Role.STEP, Role.STEP);
        assertThat(roles(chain(INPUT, relu()))).containsExactly(Role.STEP);
        assertThat(roles(chain(INPUT, concat(), relu()))).containsExactly(Role.STEP, Role.STEP);
    }

    @ParameterizedTest
    @ValueSource(classes = {Flatten.class, Dropout.class, Identity.class})
    void viewsShareTheirInputsMemory(Class<? extends Layer> type) {
        Layer view = type == Flatten.class ? new Flatten() : type == Dropout.class ? new Dropout(0) : new Identity();
        Network network = chain(INPUT, maxPool(2), view);

        assertThat(roles(network)).containsExactly(Role.STEP, Role.VIEW);
        assertThat(Liveness.of(network).owner(node(network, "1"))).isEqualTo(node(network, "0"));
        assertThat(Liveness.of(network).peakElements()).isEqualTo(32 + 8);
    }

    /** Two parts of 32 and the whole of 64 are alive at once. */
    @Test
    void concatenationCopies() {
        Network network = start().layer("a", "conv2d", conv(2, 1), "in")
                .layer("b", "conv2d", conv(2, 1), "in")
                .layer("join", "concat", concat(), "a", "b")
                .layer("end", "conv2d", conv(1, 1), "join")
                .build();
        Liveness liveness = Liveness.of(network);

        assertThat(liveness.peakElements()).isEqualTo(32 + 32 + 64);
        assertThat(liveness.peakStep()).isEqualTo(node(network, "join"));
        assertThat(liveness.role(node(network, "join"))).isEqualTo(Role.STEP);
    }

    @Test
    void aViewKeepsItsTensorAlive() {
        Network network = start().layer("conv", "conv2d", conv(3, 1), "in")
                .layer("view", "identity", new Identity(), "conv")
                .layer("other", "conv2d", conv(1, 1), "in")
                .layer("join", "concat", concat(), "other", "view")
                .build();

        assertThat(Liveness.of(network).peakElements()).isEqualTo(48 + 16 + 64);
    }

    /** The last step sees 144 of its own, 32 of its input and the 64 of the first output. */
    @Test
    void outputsLiveToTheEnd() {
        Network network = start().layer("first", "conv2d", conv(4, 1), "in")
                .layer("pool", "max_pool2d", maxPool(1), "in")
                .layer("middle", "conv2d", conv(9, 1), "pool")
                .outputs(List.of("first", "middle"))
                .build();

        assertThat(Liveness.of(network).peakElements()).isEqualTo(64 + 32 + 144);
    }

    @Test
    void inputsLiveFromTheStart() {
        Network network = start().input("late", Shape.of(4, 4, 100))
                .layer("conv", "conv2d", conv(5, 1), "in")
                .layer("pool", "max_pool2d", maxPool(4), "conv")
                .layer("latePool", "max_pool2d", maxPool(4), "late")
                .layer("join", "concat", concat(), "pool", "latePool")
                .build();
        Liveness liveness = Liveness.of(network);

        assertThat(liveness.peakElements()).isEqualTo(1_600 + 32 + 80);
        assertThat(liveness.peakStep()).isEqualTo(node(network, "conv"));
    }

    /** input 32, c1 32, c2 32: the shortcut keeps the input alive. */
    @Test
    void aShortcutKeepsItsSourceAlive() {
        Network network = start().layer("c1", "conv2d", conv(2, 1), "in")
                .layer("c2", "conv2d", conv(2, 1), "c1")
                .layer("add", "add", add(), "c2", "in")
                .build();

        assertThat(Liveness.of(network).peakElements()).isEqualTo(96);
        assertThat(Liveness.of(network).peakStep()).isEqualTo(node(network, "c2"));
    }

    /** The input's 32 elements and the sum's: what is learned takes no memory of activations, nor does a view of it. */
    @Test
    void learnedTensorsAreStoredWithTheWeights() {
        Network network = start().layer("learned", "learned_tensor", new LearnedTensor(Shape.of(32)))
                .layer("view", "reshape", new Reshape(List.of(4, 4, 2)), "learned")
                .layer("add", "add", add(), "in", "view")
                .layer("relu", "relu", relu(), "add")
                .build();
        Liveness liveness = Liveness.of(network);

        assertThat(roles(network)).containsExactly(Role.WEIGHT, Role.VIEW, Role.STEP, Role.FUSED);
        assertThat(liveness.owner(node(network, "view"))).isEqualTo(node(network, "learned"));
        assertThat(liveness.peakElements()).isEqualTo(32 + 32);
    }

    @Test
    void onlyTheAdditionOfTheElementwiseLayersFuses() {
        for (Elementwise.Operator operator : Elementwise.Operator.values()) {
            Network network = start().layer("conv", "conv2d", conv(2, 1), "in")
                    .layer("both", operator.id(), new Elementwise(operator), "conv", "in")
                    .layer("prelu", "prelu", new ParametricRelu(true), "both")
                    .build();

            assertThat(roles(network))
                    .containsExactly(
                            Role.STEP, Role.STEP, operator == Elementwise.Operator.ADD ? Role.FUSED : Role.STEP);
        }
    }

    /** 4·4·2 in, 8·8·3 out. */
    @Test
    void activationOfATransposedConvolutionIsFused() {
        Layer spread = new TransposedConvolution(3, Layers.square(2, 2, Padding.VALID), List.of(0, 0), 1, true);
        Network network = chain(INPUT, spread, batchNorm(), new ParametricRelu(false));

        assertThat(roles(network)).containsExactly(Role.STEP, Role.FUSED, Role.FUSED);
        assertThat(Liveness.of(network).peakElements()).isEqualTo(32 + 192);
    }

    @Test
    void aNetworkOfViewsAloneHoldsItsInput() {
        assertThat(Liveness.of(chain(INPUT, new Flatten(), new Dropout(0.5))).peakElements())
                .isEqualTo(32);
    }

    private static NetworkBuilder start() {
        return new NetworkBuilder("network").input("in", INPUT);
    }

    private static List<Role> roles(Network network) {
        Liveness liveness = Liveness.of(network);
        return network.nodes().stream().map(liveness::role).toList();
    }
}
