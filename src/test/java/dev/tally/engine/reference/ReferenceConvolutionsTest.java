package dev.tally.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Convolution;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Padding;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Shape;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums written out by hand; kernels of powers of ten show in the digits which tap met which number. */
class ReferenceConvolutionsTest {
    private static final Padding VALID = Padding.VALID;

    private static WindowAxis axis(int kernel, int stride, int dilation, Padding padding) {
        return new WindowAxis(kernel, stride, dilation, padding);
    }

    private static Convolution conv(int filters, int groups, WindowAxis... axes) {
        return new Convolution(filters, new Window(Arrays.asList(axes)), groups, false);
    }

    private static TransposedConvolution transposed(int filters, int groups, int outputPadding, WindowAxis... axes) {
        return new TransposedConvolution(
                filters,
                new Window(Arrays.asList(axes)),
                Collections.nCopies(axes.length, outputPadding),
                groups,
                false);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void aKernelIsNotTurnedRound() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(conv(1, 1, axis(3, 1, 1, VALID)))
                        .on(Shape.of(1, 4), 1, 2, 3, 4)
                        .with("kernel", 1, 10, 100)
                        .gives())
                .containsExactly(1 + 20 + 300, 2 + 30 + 400);
    }

    @Test
    void paddingIsOfZeros() throws UnsupportedNetworkException {
        WindowAxis three = axis(3, 1, 1, new Explicit(1, 1));

        assertThat(OneLayer.of(conv(1, 1, three, three))
                        .on(Shape.of(1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9)
                        .with("kernel", ones(9))
                        .gives())
                .containsExactly(
                        1 + 2 + 4 + 5, 21, 2 + 3 + 5 + 6, 1 + 2 + 4 + 5 + 7 + 8, 45, 33, 4 + 5 + 7 + 8, 39, 28);
    }

    @Test
    void aStrideLeavesPositionsOut() throws UnsupportedNetworkException {
        WindowAxis two = axis(3, 2, 1, new Explicit(1, 1));

        assertThat(OneLayer.of(conv(1, 1, two, two))
                        .on(Shape.of(1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9)
                        .with("kernel", ones(9))
                        .gives())
                .containsExactly(12, 16, 24, 28);
    }

    @Test
    void aDilationSpreadsTheTaps() throws UnsupportedNetworkException {
        WindowAxis apart = axis(2, 1, 2, VALID);

        assertThat(OneLayer.of(conv(1, 1, apart, apart))
                        .on(Shape.of(1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9)
                        .with("kernel", 1, 10, 100, 1000)
                        .gives())
                .containsExactly(1 + 30 + 700 + 9000);
    }

    @Test
    void theOddElementOfSamePaddingStandsAtTheEndOrTheStart() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(conv(1, 1, axis(2, 1, 1, Padding.SAME)))
                        .on(Shape.of(1, 3), 1, 2, 3)
                        .with("kernel", 1, 10)
                        .gives())
                .containsExactly(21, 32, 3);
        assertThat(OneLayer.of(conv(1, 1, axis(2, 1, 1, Padding.SAME_LOWER)))
                        .on(Shape.of(1, 3), 1, 2, 3)
                        .with("kernel", 1, 10)
                        .gives())
                .containsExactly(10, 21, 32);
    }

    @Test
    void aFilterSumsAllChannelsAndAddsItsBias() throws UnsupportedNetworkException {
        Convolution layer = new Convolution(2, new Window(List.of(axis(1, 1, 1, VALID))), 1, true);

        assertThat(OneLayer.of(layer)
                        .on(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)
                        .with("kernel", 1, 10, 100, 1000)
                        .with("bias", 0.5, -1)
                        .gives())
                .containsExactly(41.5, 52.5, 63.5, 4100 - 1, 5200 - 1, 6300 - 1);
    }

    @Test
    void aFilterSeesTheChannelsOfItsGroupAlone() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(conv(4, 2, axis(1, 1, 1, VALID)))
                        .on(Shape.of(4, 1), 1, 2, 3, 4)
                        .with("kernel", 1, 10, 100, 1000, 1, 10, 100, 1000)
                        .gives())
                .containsExactly(21, 2100, 43, 4300);
    }

    @Test
    void theFiltersOfAChannelStandTogether() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new DepthwiseConvolution(2, new Window(List.of(axis(1, 1, 1, VALID))), false))
                        .on(Shape.of(2, 2), 1, 2, 3, 4)
                        .with("kernel", 1, 10, 100, 1000)
                        .gives())
                .containsExactly(1, 2, 10, 20, 300, 400, 3000, 4000);
    }

    @Test
    void everySampleIsConvolvedByItself() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(conv(1, 1, axis(2, 1, 1, VALID)))
                        .on(Shape.of(2, 2), 1, 2, 3, 4, 5, 6, 7, 8)
                        .batch(2)
                        .with("kernel", 1, 10, 100, 1000)
                        .gives())
                .containsExactly(1 + 20 + 300 + 4000, 5 + 60 + 700 + 8000);
    }

    @Test
    void aConvolutionHasUpToThreeAxes() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(conv(1, 1, axis(2, 1, 1, VALID), axis(1, 1, 1, VALID), axis(2, 1, 1, VALID)))
                        .on(Shape.of(1, 2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8)
                        .with("kernel", 1, 10, 100, 1000)
                        .gives())
                .containsExactly(1 + 20 + 500 + 6000, 3 + 40 + 700 + 8000);
    }

    @Test
    void aTransposedConvolutionSpreadsEveryElement() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(transposed(1, 1, 0, axis(3, 2, 1, VALID)))
                        .on(Shape.of(1, 2), 1, 2)
                        .with("kernel", 1, 10, 100)
                        .gives())
                .containsExactly(1, 10, 100 + 2, 20, 200);
    }

    @Test
    void itsPaddingIsCutOffAndItsOutputPaddingAddedAtTheEnd() throws UnsupportedNetworkException {
        Padding cut = new Explicit(1, 1);

        assertThat(OneLayer.of(transposed(1, 1, 0, axis(3, 2, 1, cut)))
                        .on(Shape.of(1, 2), 1, 2)
                        .with("kernel", 1, 10, 100)
                        .gives())
                .containsExactly(10, 102, 20);
        assertThat(OneLayer.of(transposed(1, 1, 1, axis(3, 2, 1, cut)))
                        .on(Shape.of(1, 2), 1, 2)
                        .with("kernel", 1, 10, 100)
                        .gives())
                .containsExactly(10, 102, 20, 200);
    }

    @Test
    void itsTapsMayStandApart() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(transposed(1, 1, 0, axis(2, 1, 2, VALID)))
                        .on(Shape.of(1, 2), 1, 2)
                        .with("kernel", 1, 10)
                        .gives())
                .containsExactly(1, 2, 10, 20);
    }

    /** The kernel's outermost axis is the input's channels. */
    @Test
    void itsFiltersSumTheChannelsOfTheirGroup() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(transposed(2, 1, 0, axis(1, 1, 1, VALID)))
                        .on(Shape.of(2, 1), 1, 2)
                        .with("kernel", 1, 10, 100, 1000)
                        .gives())
                .containsExactly(1 + 200, 10 + 2000);
        assertThat(OneLayer.of(transposed(4, 2, 0, axis(1, 1, 1, VALID)))
                        .on(Shape.of(2, 1), 1, 2)
                        .with("kernel", 1, 10, 100, 1000)
                        .gives())
                .containsExactly(1, 10, 200, 2000);
    }

    @Test
    void itHasAnAxisForEachOfTheImages() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(transposed(1, 1, 0, axis(2, 1, 1, VALID), axis(2, 2, 1, VALID)))
                        .on(Shape.of(1, 2, 2), 1, 2, 3, 4)
                        .with("kernel", 1, 10, 100, 1000)
                        .gives())
                .containsExactly(1, 10, 2, 20, 100 + 3, 1000 + 30, 200 + 4, 2000 + 40, 300, 3000, 400, 4000);
    }
}
