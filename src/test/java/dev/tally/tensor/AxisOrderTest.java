package dev.tally.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisOrderTest {
    private static List<Long> declaredOf(AxisOrder order) {
        List<Long> declared = new ArrayList<>();
        order.forEach((model, index) -> {
            assertThat(model).isEqualTo(declared.size());
            declared.add(index);
        });
        return declared;
    }

    @Test
    void theSameOrderMovesNothing() {
        AxisOrder order = new AxisOrder(2, Shape.of(2, 2), List.of(0, 1, 2));

        assertThat(order.dims()).containsExactly(2, 2, 2);
        assertThat(declaredOf(order)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    /** Two rows of two columns of three channels; the model has the channels first. */
    @Test
    void channelsComeBeforeTheRows() {
        AxisOrder order = new AxisOrder(1, Shape.of(2, 2, 3), List.of(0, 3, 1, 2));

        assertThat(order.dims()).containsExactly(1, 3, 2, 2);
        assertThat(order.elements()).isEqualTo(12);
        assertThat(declaredOf(order)).containsExactly(0L, 3L, 6L, 9L, 1L, 4L, 7L, 10L, 2L, 5L, 8L, 11L);
    }

    @Test
    void everySampleIsReorderedByItself() {
        assertThat(declaredOf(new AxisOrder(2, Shape.of(2, 2), List.of(0, 2, 1))))
                .containsExactly(0L, 2L, 1L, 3L, 4L, 6L, 5L, 7L);
    }

    @Test
    void everyAxisHasItsPlace() {
        assertThatThrownBy(() -> new AxisOrder(1, Shape.of(2, 2), List.of(0, 1)))
                .hasMessage("expected an order of 3 axes, got [0, 1]");
    }
}
