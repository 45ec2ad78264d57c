package dev.tally.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.GroupNorm;
import dev.tally.network.InstanceNorm;
import dev.tally.network.LayerNorm;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.RmsNorm;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReferenceNormsTest {
    private static final Offset<Double> ROUNDED = within(1e-6);

    /** (x - 3) / sqrt(3 + 1) · 2 + 1, and (x + 1) / sqrt(8 + 1) · 6 - 2. */
    @Test
    void aBatchNormScalesEachChannelByWhatItStores() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new BatchNorm(1))
                        .on(Shape.of(2, 2), 3, 7, -1, 2)
                        .with("gamma", 2, 6)
                        .with("beta", 1, -2)
                        .with("mean", 3, -1)
                        .with("variance", 3, 8)
                        .gives())
                .containsExactly(1, 5, -2, 4);
    }

    /** The mean of 1 and 3 is 2, their variance 1; of 10 and 30, 20 and 100. */
    @Test
    void aLayerNormBringsTheLastAxisToMeanZeroAndVarianceOne() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new LayerNorm(Axis.of(-1), true, true, 0))
                        .sequences()
                        .on(Shape.of(2, 2), 1, 3, 10, 30)
                        .with("gamma", 2, 5)
                        .with("beta", 1, -1)
                        .gives())
                .containsExactly(-1, 4, -1, 4);
    }

    /** Of 1, 3, 5 and 7 the mean is 4, the variance 5, and with epsilon 9 - 5 the root 3. */
    @Test
    void aLayerNormOverSeveralAxesIsOneSet() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new LayerNorm(Axis.of(0), true, false, 4))
                        .sequences()
                        .on(Shape.of(2, 2), 1, 3, 5, 7)
                        .with("gamma", 3, 6, 9, 12)
                        .gives())
                .containsExactly(-3, -2, 3, 12);
    }

    /** Of 1 and 7 the mean square is 25. */
    @Test
    void anRmsNormTakesNoMeanOff() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new RmsNorm(Axis.of(-1), true, 0))
                        .sequences()
                        .on(Shape.of(1, 2), 1, 7)
                        .with("gamma", 5, 10)
                        .gives())
                .containsExactly(new double[] {1, 14}, ROUNDED);
    }

    /** Two groups of two channels of two positions; each channel has a γ and a β of its own. */
    @Test
    void aGroupNormsSetIsSomeChannelsAtAllPositions() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new GroupNorm(2, true, 0))
                        .on(Shape.of(4, 2), 1, 1, 3, 3, 0, 20, 0, 20)
                        .with("gamma", 1, 2, 3, 4)
                        .with("beta", 0, 10, 20, 30)
                        .gives())
                .containsExactly(-1, -1, 12, 12, 17, 23, 26, 34);
    }

    @Test
    void anInstanceNormsSetIsOneChannelOfOneSample() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new InstanceNorm(false, 0))
                        .batch(2)
                        .on(Shape.of(2, 2), 1, 3, 10, 30, 5, 9, 0, -2)
                        .gives())
                .containsExactly(-1, 1, -1, 1, -1, 1, 1, -1);
    }

    /** x / (1 + 3/3 · the squares of the channel and its neighbours). */
    @Test
    void aLocalResponseNormDividesByTheSquaresOfNeighbouringChannels() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new LocalResponseNorm(3, 3, 1, 1))
                        .on(Shape.of(3, 1), 1, 2, 3)
                        .gives())
                .containsExactly(new double[] {1 / (1 + 1.0 + 4), 2 / (1 + 1.0 + 4 + 9), 3 / (1 + 4.0 + 9)}, ROUNDED);
    }

    /** As ONNX has it: (size - 1) / 2 channels before, rounded down, the rest after. */
    @Test
    void anEvenLocalResponseNormSeesOneMoreChannelAfterThanBefore() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new LocalResponseNorm(2, 2, 0.5, 0))
                        .on(Shape.of(3, 1), 3, 4, 12)
                        .gives())
                .containsExactly(new double[] {3.0 / 5, 4 / Math.sqrt(16 + 144), 1}, ROUNDED);
    }

    @Test
    void aSoftmaxSharesOneOutByExponentials() throws UnsupportedNetworkException {
        double[] logarithms = {0, Math.log(2), Math.log(3)};

        assertThat(OneLayer.of(new Softmax(Axis.CHANNELS, false))
                        .on(Shape.of(3, 1), logarithms)
                        .gives())
                .containsExactly(new double[] {1 / 6.0, 2 / 6.0, 3 / 6.0}, ROUNDED);
        assertThat(OneLayer.of(new Softmax(Axis.CHANNELS, true))
                        .on(Shape.of(3, 1), logarithms)
                        .gives())
                .containsExactly(new double[] {-Math.log(6), -Math.log(3), -Math.log(2)}, ROUNDED);
    }

    @Test
    void aSoftmaxOfLargeNumbersDoesNotOverflow() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Softmax(Axis.CHANNELS, false))
                        .on(Shape.of(2, 2), 1e4, -1e4, 1e4, 1e4)
                        .gives())
                .containsExactly(0.5, 0, 0.5, 1);
    }

    @Test
    void aSoftmaxIsAlongItsAxis() throws UnsupportedNetworkException {
        double third = Math.log(3);

        assertThat(OneLayer.of(new Softmax(Axis.of(0), false))
                        .sequences()
                        .on(Shape.of(2, 2), 0, third, third, 0)
                        .gives())
                .containsExactly(new double[] {0.25, 0.75, 0.75, 0.25}, ROUNDED);
    }
}
