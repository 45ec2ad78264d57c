package dev.tally.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.network.Identity;
import dev.tally.network.InvalidNetworkException;
import dev.tally.network.Layer;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of layer, drawn at random, against an oracle that runs it and counts its steps. */
class LayerCountsTest {
    private static final int DRAWS = 400;

    @ParameterizedTest
    @EnumSource(LayerDraw.Kind.class)
    void countsWhatRunningTheLayerTakes(LayerDraw.Kind kind) {
        int fitting = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            LayerDraw draw = LayerDraw.of(kind, seed);
            String description = kind + ", seed " + seed + ": " + draw;
            Optional<Steps> steps = SteppingOracle.run(draw.layer(), draw.inputs(), draw.layout(), draw.batch());
            if (steps.isEmpty()) {
                assertThatThrownBy(() -> network(draw)).as(description).isInstanceOf(InvalidNetworkException.class);
            } else {
                assertThatTheCountsAre(steps.get(), draw, description);
                fitting++;
            }
        }

        assertThat(fitting).as("draws that fit").isGreaterThan(DRAWS / 3);
    }

    private static void assertThatTheCountsAre(Steps steps, LayerDraw draw, String description) {
        Analysis analysis = Analysis.of(network(draw));
        LayerAnalysis layer = analysis.layers().getFirst();
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(layer.node().shape()).as(description).isEqualTo(steps.output());
            softly.assertThat(layer.operations()).as(description).isEqualTo(steps.operations());
            softly.assertThat(layer.flops()).as(description).isEqualTo(steps.flops());
            softly.assertThat(layer.parameters()).as(description).isEqualTo(steps.parameters());
            softly.assertThat(layer.weightBytes())
                    .as(description)
                    .isEqualTo(steps.storedWeights() * draw.dataType().bytes());
            softly.assertThat(analysis.totals().operations()).as(description).isEqualTo(steps.operations());
            softly.assertThat(analysis.totals().parameters()).as(description).isEqualTo(steps.parameters());
        });
    }

    private static Network network(LayerDraw draw) {
        NetworkBuilder builder = new NetworkBuilder("drawn")
                .layout(draw.layout())
                .batch(draw.batch())
                .dataType(draw.dataType());
        for (int i = 0; i < draw.inputs().size(); i++) {
            builder.input("input" + i, draw.inputs().get(i));
        }
        String[] from = IntStream.range(0, draw.inputs().size())
                .mapToObj(i -> "input" + i)
                .toArray(String[]::new);
        if (draw.kind() == LayerDraw.Kind.LEARNED_TENSOR) {
            builder.layer("layer", "drawn", draw.layer());
            return builder.layer("taker", "identity", new Identity(), from).build();
        }
        return builder.layer("layer", "drawn", draw.layer(), from).build();
    }

    /** A layer that nothing draws would pass unseen. */
    @Test
    void everyLayerOfTheModelIsDrawn() {
        Set<Class<?>> drawn = Arrays.stream(LayerDraw.Kind.values())
                .map(kind -> LayerDraw.of(kind, 0).layer().getClass())
                .collect(Collectors.toSet());

        assertThat(drawn)
                .as("every layer of the model; draw it: give LayerDraw a Kind for it")
                .containsAll(records(Layer.class).toList());
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerCountsTest::records);
    }
}
