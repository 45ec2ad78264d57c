package dev.tally.network;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.names;
import static dev.tally.network.Layers.node;
import static dev.tally.network.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {
    private static final Shape INPUT = Shape.of(8, 8, 4);

    @Test
    void namesThatAreTakenAreRejected() {
        assertThat(faults(start().layer("a", "relu", relu(), "in").layer("a", "relu", relu(), "in")))
                .containsExactly(new Fault(1, "name", "the name \"a\" is already taken"));
        assertThat(faults(start().layer("in", "relu", relu(), "in")))
                .containsExactly(new Fault(0, "name", "the name \"in\" is already taken"));
        assertThat(faults(start().input("in", INPUT).layer("a", "relu", relu(), "in")))
                .containsExactly(new Fault(Fault.NETWORK, "inputs", "two inputs are named \"in\""));
    }

    @Test
    void referencesToNothingAreRejected() {
        assertThat(faults(start().layer("a", "relu", relu(), "in").layer("b", "relu", relu(), "c")))
                .containsExactly(new Fault(1, "from", "there is no layer or input named \"c\""));
    }

    @Test
    void aCycleIsNamedInTheOrderInWhichItFlows() {
        List<Fault> faults = faults(start().layer("before", "relu", relu(), "in")
                .layer("a", "add", add(), "before", "c")
                .layer("b", "relu", relu(), "a")
                .layer("c", "relu", relu(), "b")
                .layer("behind", "relu", relu(), "c"));

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().attribute()).isEqualTo("from");
        assertThat(faults.getFirst().message())
                .startsWith("the layers feed each other in a cycle: ")
                .satisfiesAnyOf(
                        message -> assertThat(message).endsWith("\"a\" → \"b\" → \"c\" → \"a\""),
                        message -> assertThat(message).endsWith("\"b\" → \"c\" → \"a\" → \"b\""),
                        message -> assertThat(message).endsWith("\"c\" → \"a\" → \"b\" → \"c\""));
    }

    @Test
    void aLayerThatTakesItselfIsACycle() {
        assertThat(faults(start().layer("a", "add", add(), "in", "a")))
                .containsExactly(new Fault(0, "from", "the layers feed each other in a cycle: \"a\" → \"a\""));
    }

    @Test
    void aLongCycleIsNamedInPart() {
        NetworkBuilder builder = start();
        for (int i = 0; i < 50; i++) {
            builder.layer("l" + i, "relu", relu(), "l" + (i + 49) % 50);
        }
        List<Fault> faults = faults(builder.layer("end", "add", add(), "in", "l0"));

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().message()).contains("→ … →").hasSizeLessThan(300);
    }

    @Test
    void tooFewOrTooManyInputsAreRejected() {
        assertThat(faults(start().layer("a", "relu", relu())))
                .contains(new Fault(0, "from", "expected one input, got 0"));
        assertThat(faults(start().layer("a", "relu", relu(), "in", "in")))
                .containsExactly(new Fault(0, "from", "expected one input, got 2"));
        assertThat(faults(start().layer("a", "add", add(), "in")))
                .containsExactly(new Fault(0, "from", "expected at least 2 inputs, got 1"));
        assertThat(faults(start().layer("a", "concat", concat())))
                .contains(new Fault(0, "from", "expected at least 1 input, got 0"));
    }

    @Test
    void everyFaultIsReportedAndNoneThatFollowsFromAnother() {
        List<Fault> faults = faults(start().layer("wide", "conv2d", conv(3, 9), "in")
                .layer("follows", "relu", relu(), "wide")
                .layer("uneven", "conv2d", new Convolution(4, Layers.square(1, 1, Padding.VALID), 3, true), "in"));

        assertThat(faults).extracting(Fault::position).containsExactly(0, 2);
    }

    @Test
    void aFaultyBatchIsRejected() {
        assertThat(faults(start().batch(0).layer("a", "relu", relu(), "in")))
                .containsExactly(new Fault(Fault.NETWORK, "batch", "expected an integer of at least 1, got 0"));
    }

    @Test
    void inputsThatNoLayerTakesAreRejected() {
        assertThat(faults(start().input("spare", INPUT).layer("a", "relu", relu(), "in")))
                .containsExactly(new Fault(Fault.NETWORK, "inputs", "no layer takes the input \"spare\""));
    }

    @Test
    void layersThatNoLayerTakesAreTheOutputs() {
        Network network = start().layer("a", "relu", relu(), "in")
                .layer("b", "relu", relu(), "a")
                .layer("c", "relu", relu(), "a")
                .build();

        assertThat(names(network.outputs().stream())).containsExactly("b", "c");
    }

    @Test
    void namedOutputsKeepTheirOrder() {
        Network network = start().layer("a", "relu", relu(), "in")
                .layer("b", "relu", relu(), "a")
                .outputs(List.of("b", "a"))
                .build();

        assertThat(names(network.outputs().stream())).containsExactly("b", "a");
    }

    @Test
    void layersThatLeadToNoneOfTheNamedOutputsAreRejected() {
        assertThat(faults(start().layer("a", "relu", relu(), "in")
                        .layer("b", "relu", relu(), "a")
                        .layer("c", "relu", relu(), "a")
                        .outputs(List.of("b"))))
                .containsExactly(new Fault(2, "", "no layer takes \"c\" and it is not among the outputs"));
    }

    @Test
    void outputsThatAreNoneOrNamedTwiceAreRejected() {
        assertThat(faults(start().layer("a", "relu", relu(), "in").outputs(List.of("a", "b", "a"))))
                .containsExactly(
                        new Fault(Fault.NETWORK, "outputs", "there is no layer named \"b\""),
                        new Fault(Fault.NETWORK, "outputs", "\"a\" is named twice"));
    }

    @Test
    void layersRunInTheOrderAddedWhereThatIsPossible() {
        Network network = start().layer("z", "relu", relu(), "in")
                .layer("a", "relu", relu(), "in")
                .layer("m", "relu", relu(), "z")
                .layer("b", "add", add(), "a", "m")
                .build();

        assertThat(names(network.nodes().stream())).containsExactly("z", "a", "m", "b");
        assertThat(network.nodes()).extracting(Node::id).containsExactly(1, 2, 3, 4);
    }

    /** "late" waits for "early", which was added after it; all else stays where it stands. */
    @Test
    void layersThatWaitRunAsSoonAsTheyCan() {
        Network network = start().layer("late", "relu", relu(), "early")
                .layer("first", "relu", relu(), "in")
                .layer("early", "relu", relu(), "in")
                .layer("last", "add", add(), "first", "late")
                .build();

        assertThat(names(network.nodes().stream())).containsExactly("first", "early", "late", "last");
        assertThat(network.nodes()).extracting(Node::position).containsExactly(1, 2, 0, 3);
    }

    @Test
    void aLayerMayTakeOneTensorTwice() {
        Network network = start().layer("double", "add", add(), "in", "in").build();

        assertThat(node(network, "double").inputs()).containsExactly(INPUT, INPUT);
    }

    @Test
    void aBuilderBuildsTheSameTwice() {
        NetworkBuilder valid = start().layer("a", "relu", relu(), "in");
        NetworkBuilder faulty = start().layer("a", "relu", relu(), "b");

        assertThat(valid.build().hash()).isEqualTo(valid.build().hash());
        assertThat(faults(faulty)).isEqualTo(faults(faulty));
    }

    private static NetworkBuilder start() {
        return new NetworkBuilder("network").input("in", INPUT);
    }

    private static List<Fault> faults(NetworkBuilder builder) {
        return catchThrowableOfType(InvalidNetworkException.class, builder::build)
                .faults();
    }
}
