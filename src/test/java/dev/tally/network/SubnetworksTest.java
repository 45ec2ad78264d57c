package dev.tally.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionReader;
import dev.tally.description.ReadyNetwork;
import dev.tally.description.ReadyNetworks;
import dev.tally.network.Subnetworks.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubnetworksTest {
    private static final Activation RELU = new Activation(ActivationFunction.RELU);

    private static Network residual() {
        return new NetworkBuilder("residual")
                .input("image", Shape.of(8, 8, 4))
                .layer("conv", "conv2d", new Convolution(4, window(), 1, true), "image")
                .layer("drop", "dropout", new Dropout(0.5), "conv")
                .layer("relu", "relu", RELU, "drop")
                .layer("add", "add", new Elementwise(Elementwise.Operator.ADD), "relu", "image")
                .layer("flat", "flatten", new Flatten(), "add")
                .layer("units", "dense", new Dense(3, true), "flat")
                .build();
    }

    private static Window window() {
        return Window.square(new WindowAxis(3, 1, 1, new Padding.Same(false)), 2);
    }

    @Test
    void aStepIsALayerWithWhatIsFusedIntoIt() {
        List<Step> steps = Subnetworks.of(residual());

        assertThat(steps.stream().map(Step::layers).map(Object::toString))
                .containsExactly("[conv conv2d 8×8×4, relu relu 8×8×4]", "[add add 8×8×4]", "[units dense 3]");
        assertThat(steps.getFirst().first().name()).isEqualTo("conv");
        assertThat(steps.getFirst().last().name()).isEqualTo("relu");
    }

    @Test
    void itsNetworkTakesWhatTheLayerTakesAndGivesWhatTheLastGives() {
        Network add = Subnetworks.of(residual()).get(1).network();

        assertThat(add.inputs().stream().map(Input::name)).containsExactly("relu", "image");
        assertThat(add.outputs().stream().map(Source::name)).containsExactly("add");
        Network units = Subnetworks.of(residual()).getLast().network();
        assertThat(units.inputs().getFirst().shape()).isEqualTo(Shape.of(256));
    }

    @Test
    void anInputThatIsTakenTwiceStandsOnce() {
        Network doubled = new NetworkBuilder("doubled")
                .input("x", Shape.of(3))
                .layer("add", "add", new Elementwise(Elementwise.Operator.ADD), "x", "x")
                .build();

        assertThat(Subnetworks.of(doubled).getFirst().network().hash()).isEqualTo(doubled.hash());
    }

    @Test
    void aLearnedTensorStaysOne() {
        Network shifted = new NetworkBuilder("shifted")
                .input("x", Shape.of(3))
                .layer("position", "learned_tensor", new LearnedTensor(Shape.of(3)))
                .layer("add", "add", new Elementwise(Elementwise.Operator.ADD), "x", "position")
                .build();

        Network step = Subnetworks.of(shifted).getFirst().network();

        assertThat(step.inputs()).hasSize(1);
        assertThat(step.nodes().stream().map(Node::name)).containsExactly("position", "add");
    }

    @Test
    void everyLayerCanStandAlone() {
        Network network = residual();

        Network relu = Subnetworks.alone(network, Layers.node(network, "relu"));
        assertThat(relu.inputs().stream().map(Input::name)).containsExactly("drop");
        assertThat(relu.nodes().stream().map(Node::name)).containsExactly("relu");

        Network add = Subnetworks.alone(network, Layers.node(network, "add"));
        assertThat(add.inputs().stream().map(Input::name)).containsExactly("relu", "image");
    }

    /** DenseNet joins more tensors than a network may have inputs. */
    @Test
    void theStepsOfEveryReadyNetworkAreNetworks() {
        for (ReadyNetwork ready : ReadyNetworks.all()) {
            Network network = DescriptionReader.read(ready.json()).network();
            List<Node> layers = new ArrayList<>();
            Subnetworks.of(network).forEach(step -> layers.addAll(step.layers()));
            Liveness liveness = Liveness.of(network);
            List<Node> expected = network.nodes().stream()
                    .filter(node ->
                            liveness.role(node) == Liveness.Role.STEP || liveness.role(node) == Liveness.Role.FUSED)
                    .toList();

            assertThat(layers).as(ready.name()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void itsKeyNamesItsLayersAndWhatItTakes() {
        List<Step> steps = Subnetworks.of(residual());

        assertThat(steps.stream().map(LayerKey::of).map(LayerKey::text))
                .containsExactly(
                        "conv k3x3 s1x1 d1x1 p1+1,1+1 f4 g1 bias + relu | 8x8x4 | n1 float32 channels_last",
                        "add | 8x8x4 | 8x8x4 | n1 float32 channels_last",
                        "dense u3 bias | 256 | n1 float32 channels_last");
    }

    @Test
    void itsKeySaysWhichInputsAreOneAndWhichAreLearned() {
        Network network = new NetworkBuilder("sums")
                .input("x", Shape.of(3))
                .layer("position", "learned_tensor", new LearnedTensor(Shape.of(3)))
                .layer("twice", "add", new Elementwise(Elementwise.Operator.ADD), "x", "position", "x", "position")
                .build();

        assertThat(LayerKey.of(Subnetworks.of(network).getFirst()).text())
                .isEqualTo("add | 3 | learned 3 | @1 | @2 | n1 float32 channels_last");
    }

    @Test
    void stepsHaveOneKeyExactlyWhereTheirNetworksHaveOneHash() {
        List<Step> steps = new ArrayList<>();
        ReadyNetworks.all().stream()
                .map(ready -> DescriptionReader.read(ready.json()).network())
                .forEach(network -> steps.addAll(Subnetworks.of(network)));
        for (int seed = 0; seed < 500; seed++) {
            steps.addAll(Subnetworks.of(GraphDraw.of(seed)));
        }
        Map<LayerKey, String> hashes = new HashMap<>();
        Map<String, LayerKey> keys = new HashMap<>();

        for (Step step : steps) {
            LayerKey key = LayerKey.of(step);
            String hash = step.network().hash();
            assertThat(hashes.merge(key, hash, (one, _) -> one)).as(key.text()).isEqualTo(hash);
            assertThat(keys.merge(hash, key, (one, _) -> one)).isEqualTo(key);
        }
        assertThat(hashes).hasSizeGreaterThan(1000);
    }
}
