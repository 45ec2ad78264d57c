package dev.tally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Shape;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final Network NETWORK = Networks.of("{'input': [2, 3], 'batch': 2, 'layers': [{'type': 'relu'}]}");
    private static final Input INPUT = NETWORK.inputs().getFirst();

    private static Assignment assignment(Map<Input, Tensor> inputs, int threads) {
        return new Assignment(NETWORK, new SeededWeights(1), inputs, threads, Precision.FLOAT32, Set.of());
    }

    @Test
    void everyInputHasATensorOfItsShapeAndTheNetworksBatch() {
        try (Arena arena = Arena.ofConfined()) {
            Tensor tensor = Tensor.allocate(arena, 2, Shape.of(2, 3));

            assertThat(assignment(Map.of(INPUT, tensor), 1).input(INPUT)).isSameAs(tensor);
            assertThatThrownBy(() -> assignment(Map.of(), 1))
                    .hasMessage("the input input: expected a tensor of 2 × 2×3, got none");
            assertThatThrownBy(() -> assignment(Map.of(INPUT, Tensor.allocate(arena, 1, Shape.of(2, 3))), 1))
                    .hasMessage("the input input: expected a tensor of 2 × 2×3, got 1 × 2×3");
            assertThatThrownBy(() -> assignment(Map.of(INPUT, Tensor.allocate(arena, 2, Shape.of(3, 2))), 1))
                    .hasMessage("the input input: expected a tensor of 2 × 2×3, got 2 × 3×2");
        }
    }

    @Test
    void theEngineChoosesItsAlgorithmUnlessOneIsAskedForAndKeepsItWhereTensorsAreLaidOpen() {
        try (Arena arena = Arena.ofConfined()) {
            Assignment chosen = assignment(Map.of(INPUT, Tensor.allocate(arena, 2, Shape.of(2, 3))), 3);
            Assignment forced = new Assignment(
                    NETWORK, chosen.weights(), chosen.inputs(), 3, Precision.FLOAT32, Set.of(), "direct");

            assertThat(chosen.algorithm()).isNull();
            assertThat(forced.exposing(Set.of(INPUT)))
                    .isEqualTo(new Assignment(
                            NETWORK, chosen.weights(), chosen.inputs(), 3, Precision.FLOAT32, Set.of(INPUT), "direct"));
        }
    }

    @Test
    void somethingComputes() {
        try (Arena arena = Arena.ofConfined()) {
            Map<Input, Tensor> inputs = Map.of(INPUT, Tensor.allocate(arena, 2, Shape.of(2, 3)));

            assertThatThrownBy(() -> assignment(inputs, 0)).hasMessage("expected at least 1 thread, got 0");
        }
    }
}
