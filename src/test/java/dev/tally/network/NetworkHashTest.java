package dev.tally.network;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.maxPool;
import static dev.tally.network.Layers.relu;
import static dev.tally.network.Layers.square;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkHashTest {
    private static final Shape INPUT = Shape.of(8, 8, 4);

    @Test
    void isSha256InHexadecimal() {
        assertThat(branches("a", "b").build().hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void namesDoNotCount() {
        Network renamed = new NetworkBuilder("another")
                .input("image", INPUT)
                .layer("x", "Conv", conv(4, 1), "image")
                .layer("y", "ReLU", relu(), "image")
                .layer("z", "Sum", add(), "x", "y")
                .build();

        assertThat(renamed.hash()).isEqualTo(branches("a", "b").build().hash());
    }

    @Test
    void outputsNamedAndOutputsFoundAreTheSame() {
        assertThat(branches("a", "b").outputs(List.of("join")).build().hash())
                .isEqualTo(branches("a", "b").build().hash());
    }

    @Test
    void samePaddingAndItsExplicitEqualAreTheSame() {
        Network same = Layers.chain(INPUT, conv(4, square(3, 1, Padding.SAME)), relu());
        Network padded = Layers.chain(INPUT, conv(4, square(3, 1, Layers.pad(1))), relu());

        assertThat(same.hash()).isEqualTo(padded.hash());
    }

    @Test
    void theOrderInTheFileDoesNotCountWhereTheRunningOrderIsTheSame() {
        Network forwards = new NetworkBuilder("forwards")
                .input("in", INPUT)
                .layer("a", "conv2d", conv(4, 1), "in")
                .layer("b", "relu", relu(), "a")
                .build();
        Network backwards = new NetworkBuilder("backwards")
                .input("in", INPUT)
                .layer("b", "relu", relu(), "a")
                .layer("a", "conv2d", conv(4, 1), "in")
                .build();

        assertThat(forwards.hash()).isEqualTo(backwards.hash());
    }

    @Test
    void whateverChangesTheWorkChangesTheHash() {
        Stream<Network> networks = Stream.of(
                branches("a", "b").build(),
                branches("b", "a").build(),
                branches("a", "a").outputs(List.of("join", "b")).build(),
                branches("a", "in").outputs(List.of("join", "b")).build(),
                branches("a", "b").outputs(List.of("join", "a")).build(),
                branches("a", "b").outputs(List.of("a", "join")).build(),
                branches("a", "b").batch(2).build(),
                branches("a", "b").dataType(DataType.INT8).build(),
                branches("a", "b")
                        .input("more", INPUT)
                        .layer("end", "relu", relu(), "more")
                        .build(),
                new NetworkBuilder("first")
                        .layout(Layout.CHANNELS_FIRST)
                        .input("in", Shape.of(4, 8, 8))
                        .layer("a", "conv2d", conv(4, 1), "in")
                        .layer("b", "relu", relu(), "in")
                        .layer("join", "add", add(), "a", "b")
                        .build(),
                Layers.chain(INPUT, conv(4, 1), relu()),
                Layers.chain(INPUT, relu(), conv(4, 1)),
                Layers.chain(INPUT, conv(4, 1), relu(), relu()),
                Layers.chain(INPUT, conv(5, 1), relu()),
                Layers.chain(INPUT, conv(4, 1), maxPool(2)),
                Layers.chain(INPUT, conv(4, 1), maxPool(4)),
                Layers.chain(Shape.of(8, 9, 4), conv(4, 1), relu()),
                Layers.chain(Shape.of(8, 8, 3), conv(4, 1), relu()));

        assertThat(networks.map(Network::hash)).doesNotHaveDuplicates();
    }

    @Test
    void theOrderOfAConcatenationCounts() {
        assertThat(joined("a", "b")).isNotEqualTo(joined("b", "a"));
    }

    private static String joined(String first, String second) {
        return new NetworkBuilder("joined")
                .input("a", Shape.of(8, 8, 1))
                .input("b", Shape.of(8, 8, 3))
                .layer("join", "concat", concat(), first, second)
                .build()
                .hash();
    }

    private static NetworkBuilder branches(String left, String right) {
        return new NetworkBuilder("branches")
                .input("in", INPUT)
                .layer("a", "conv2d", conv(4, 1), "in")
                .layer("b", "relu", relu(), "in")
                .layer("join", "add", add(), left, right);
    }
}
