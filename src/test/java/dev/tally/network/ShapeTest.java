package dev.tally.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void elementsAreTheProductOfTheSizes() {
        assertThat(Shape.of(28, 28, 192).elements()).isEqualTo(150_528);
        assertThat(Shape.of(7).elements()).isEqualTo(7);
    }

    /** (2^31-1)² · 2 is 2^63 - 2^33 + 2, just below the limit; · 3 is over it. */
    @Test
    void elementsReachUpTo9223372036854775807() {
        int largest = Integer.MAX_VALUE;

        assertThat(Shape.of(largest, largest, 2).elements()).isEqualTo(9_223_372_028_264_841_218L);
        assertThatThrownBy(() -> Shape.of(largest, largest, 3))
                .isInstanceOf(InvalidLayerException.class)
                .hasMessage("2147483647×2147483647×3 has more than 2^63-1 elements");
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30)).hasMessageContaining("more than 2^63-1");
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 8)).hasMessageContaining("more than 2^63-1");
    }

    @Test
    void sizesBelowOneAreRejected() {
        assertThatThrownBy(() -> Shape.of(28, 0, 3))
                .isInstanceOf(InvalidLayerException.class)
                .hasMessage("expected every axis of 28×0×3 to be at least 1, got 0");
        assertThatThrownBy(() -> Shape.of(-4)).isInstanceOf(InvalidLayerException.class);
        assertThatThrownBy(() -> Shape.of(3, 3).with(1, 0)).isInstanceOf(InvalidLayerException.class);
    }

    @Test
    void hasOneToEightAxes() {
        assertThat(Shape.of(1, 2, 3, 4, 5, 6, 7, 8).rank()).isEqualTo(8);
        assertThatThrownBy(Shape::of).hasMessage("expected 1 to 8 axes, got 0");
        assertThatThrownBy(() -> Shape.of(1, 1, 1, 1, 1, 1, 1, 1, 1)).hasMessage("expected 1 to 8 axes, got 9");
    }

    @Test
    void isAValueThatNoOneChanges() {
        int[] sizes = {2, 3};
        Shape shape = Shape.of(sizes);
        sizes[0] = 9;

        assertThat(shape)
                .isEqualTo(Shape.of(2, 3))
                .hasSameHashCodeAs(Shape.of(2, 3))
                .isNotEqualTo(Shape.of(3, 2));
        assertThat(shape.with(0, 5)).isEqualTo(Shape.of(5, 3));
        assertThat(shape.size(0)).isEqualTo(2);
    }

    @Test
    void isWrittenAsPeopleWriteIt() {
        assertThat(Shape.of(28, 28, 192)).hasToString("28×28×192");
    }

    @Test
    void axesAreCountedFromTheEndWhereNegative() {
        Shape shape = Shape.of(2, 3, 4);

        assertThat(Axis.of(-1).index(shape, Layout.CHANNELS_FIRST)).isEqualTo(2);
        assertThat(Axis.of(-3).index(shape, Layout.CHANNELS_LAST)).isZero();
        assertThat(Axis.CHANNELS.index(shape, Layout.CHANNELS_LAST)).isEqualTo(2);
        assertThat(Axis.CHANNELS.index(shape, Layout.CHANNELS_FIRST)).isZero();
        assertThatThrownBy(() -> Axis.of(3).index(shape, Layout.CHANNELS_LAST))
                .isInstanceOf(InvalidLayerException.class)
                .hasMessage("expected an axis from -3 to 2 of 2×3×4, got 3");
        assertThatThrownBy(() -> Axis.of(-4).index(shape, Layout.CHANNELS_LAST))
                .isInstanceOf(InvalidLayerException.class);
    }
}
