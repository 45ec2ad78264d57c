package dev.tally.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Padding;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencePoolsTest {
    private static final boolean CEIL = true;
    private static final boolean WITH_PADDING = true;

    private static Pooling pool(
            Reduction reduction, int kernel, int stride, int pad, boolean ceil, boolean countIncludePad) {
        Padding padding = new Explicit(pad, pad);
        return new Pooling(
                reduction, new Window(List.of(new WindowAxis(kernel, stride, 1, padding))), ceil, countIncludePad);
    }

    private static double[] onFive(Pooling pool) throws UnsupportedNetworkException {
        return OneLayer.of(pool).on(Shape.of(1, 5), 1, 2, 3, 4, 5).gives();
    }

    private static double[] onFour(Pooling pool) throws UnsupportedNetworkException {
        return OneLayer.of(pool).on(Shape.of(1, 4), 1, 2, 3, 4).gives();
    }

    @Test
    void aPartialWindowAtTheEndCountsInCeilModeAlone() throws UnsupportedNetworkException {
        assertThat(onFive(pool(Reduction.MAXIMUM, 2, 2, 0, !CEIL, false))).containsExactly(2, 4);
        assertThat(onFive(pool(Reduction.MAXIMUM, 2, 2, 0, CEIL, false))).containsExactly(2, 4, 5);
    }

    @Test
    void theMaximumOfNegativeNumbersIsNotThatOfThePadding() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(pool(Reduction.MAXIMUM, 2, 1, 1, !CEIL, false))
                        .on(Shape.of(1, 3), -1, -2, -3)
                        .gives())
                .containsExactly(-1, -1, -2, -3);
    }

    @Test
    void theOverhangOfCeilModeIsNeverPartOfAnAverage() throws UnsupportedNetworkException {
        assertThat(onFive(pool(Reduction.AVERAGE, 2, 2, 0, CEIL, WITH_PADDING))).containsExactly(1.5, 3.5, 5);
        assertThat(onFive(pool(Reduction.AVERAGE, 2, 2, 0, CEIL, !WITH_PADDING)))
                .containsExactly(1.5, 3.5, 5);
    }

    /** The last of three windows covers 4, one element of padding, and one beyond it. */
    @Test
    void paddingIsPartOfAnAverageWhereItIsSaid() throws UnsupportedNetworkException {
        assertThat(onFour(pool(Reduction.AVERAGE, 3, 2, 1, CEIL, WITH_PADDING)))
                .containsExactly((0 + 1 + 2) / 3.0, (2 + 3 + 4) / 3.0, (4 + 0) / 2.0);
        assertThat(onFour(pool(Reduction.AVERAGE, 3, 2, 1, CEIL, !WITH_PADDING)))
                .containsExactly((1 + 2) / 2.0, (2 + 3 + 4) / 3.0, 4);
        assertThat(onFour(pool(Reduction.AVERAGE, 3, 2, 1, !CEIL, WITH_PADDING)))
                .containsExactly(1, 3);
    }

    @Test
    void aWindowOfTwoAxesAndDilationPoolsEachChannelByItself() throws UnsupportedNetworkException {
        WindowAxis high = new WindowAxis(2, 1, 1, Padding.VALID);
        WindowAxis wide = new WindowAxis(2, 1, 2, Padding.VALID);
        Pooling pool = new Pooling(Reduction.AVERAGE, new Window(List.of(high, wide)), false, true);

        assertThat(OneLayer.of(pool)
                        .on(Shape.of(2, 2, 3), 1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60)
                        .gives())
                .containsExactly((1 + 3 + 4 + 6) / 4.0, (10 + 30 + 40 + 60) / 4.0);
    }

    /** From floor(i · 5 / 3) up to ceil((i + 1) · 5 / 3). */
    @Test
    void adaptiveWindowsOverlapWhereTheyDoNotDivide() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new AdaptivePooling(Reduction.AVERAGE, List.of(3), true))
                        .on(Shape.of(1, 5), 1, 2, 3, 4, 5)
                        .gives())
                .containsExactly((1 + 2) / 2.0, (2 + 3 + 4) / 3.0, (4 + 5) / 2.0);
        assertThat(OneLayer.of(new AdaptivePooling(Reduction.MAXIMUM, List.of(3), true))
                        .on(Shape.of(1, 5), 5, 1, 2, 3, 0)
                        .gives())
                .containsExactly(5, 3, 3);
    }

    @Test
    void aGlobalPoolIsOverAllPositions() throws UnsupportedNetworkException {
        for (boolean keep : new boolean[] {true, false}) {
            assertThat(OneLayer.of(AdaptivePooling.global(Reduction.AVERAGE, keep))
                            .on(Shape.of(2, 2, 2), 1, 2, 3, 4, 10, 20, 30, 40)
                            .gives())
                    .containsExactly(2.5, 25);
        }
    }
}
