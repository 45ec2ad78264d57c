package dev.tally.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermutedValuesTest {
    /** A tensor of 2×3×4 whose numbers say where they stand: 100 · first + 10 · second + third. */
    private static final PermutedValues PERMUTED = new PermutedValues(
            index -> 100 * (index / 12) + 10 * (index / 4 % 3) + index % 4, Shape.of(2, 3, 4), List.of(2, 0, 1));

    @Test
    void standInTheOrderOfTheNewAxes() {
        assertThat(PERMUTED.at(0)).isEqualTo(0);
        assertThat(PERMUTED.at(1)).isEqualTo(10);
        assertThat(PERMUTED.at(3)).isEqualTo(100);
        assertThat(PERMUTED.at(6)).isEqualTo(1);
        assertThat(PERMUTED.at(23)).isEqualTo(123);
    }

    @Test
    void areCopiedFromAnywhereInARow() {
        for (int from = 0; from < 24; from++) {
            float[] copied = new float[24 - from];
            PERMUTED.copy(from, copied, copied.length);

            for (int i = 0; i < copied.length; i++) {
                assertThat(copied[i]).isEqualTo(PERMUTED.at(from + i));
            }
        }
    }
}
