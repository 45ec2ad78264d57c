package dev.tally.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.ActivationFunction;
import dev.tally.network.Axis;
import dev.tally.network.Dense;
import dev.tally.network.Elementwise;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.MatMul;
import dev.tally.network.Pad;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.ParametricRelu;
import dev.tally.network.PixelShuffle;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling.Interpolation;
import dev.tally.network.Resize;
import dev.tally.network.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceLayersTest {
    /** By their definitions: of GELU at 1, for one, the normal distribution below 1. */
    @ParameterizedTest
    @CsvSource({
        "RELU,          -2,  0",
        "RELU6,          7,  6",
        "LEAKY_RELU,    -2, -0.02",
        "THRESHOLD,      1,  0",
        "HARD_TANH,     -3, -1",
        "HARD_SIGMOID,   1,  0.666666666666667",
        "HARD_SWISH,     1,  0.666666666666667",
        "HARD_SHRINK,  0.5,  0",
        "SOFT_SHRINK,   -2, -1.5",
        "ELU,           -1, -0.632120558828558",
        "CELU,          -1, -0.632120558828558",
        "SELU,          -1, -1.111330737812563",
        "SELU,           1,  1.050700987355480",
        "SIGMOID,        1,  0.731058578630005",
        "LOG_SIGMOID,    0, -0.693147180559945",
        "TANH,           1,  0.761594155955765",
        "TANH_SHRINK,    1,  0.238405844044235",
        "SILU,           1,  0.731058578630005",
        "GELU,           1,  0.841344746068543",
        "GELU,          -8,  0",
        "GELU_TANH,      1,  0.841191990608277",
        "MISH,           1,  0.865098388267310",
        "SOFTPLUS,       0,  0.693147180559945",
        "SOFTPLUS,     900,  900",
        "SOFTSIGN,      -3, -0.75",
        "SQUAREPLUS,     0,  1",
        "EXPONENTIAL,    1,  2.718281828459045"
    })
    void activationsHaveTheirPublishedValues(ActivationFunction function, double x, double expected) {
        assertThat(Functions.apply(function, x)).isCloseTo(expected, within(1e-14));
    }

    /** Abramowitz and Stegun, table 7.1. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.5204998778", "1, 0.8427007929", "2, 0.9953222650", "-1, -0.8427007929", "7, 1"})
    void theErrorFunctionIsThatOfTheTables(double x, double expected) {
        assertThat(Functions.erf(x)).isCloseTo(expected, within(5e-11));
    }

    @Test
    void aDenseLayerIsOverTheLastAxis() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Dense(2, true))
                        .sequences()
                        .on(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)
                        .with("kernel", 1, 10, 100, 1, 1, 1)
                        .with("bias", 0.5, 0)
                        .gives())
                .containsExactly(321.5, 6, 654.5, 15);
    }

    @Test
    void aProductMayTakeItsSecondFactorTransposed() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new MatMul(false))
                        .sequences()
                        .on(Shape.of(1, 2), 1, 10)
                        .on(Shape.of(2, 2), 1, 2, 3, 4)
                        .gives())
                .containsExactly(31, 42);
        assertThat(OneLayer.of(new MatMul(true))
                        .sequences()
                        .on(Shape.of(1, 2), 1, 10)
                        .on(Shape.of(2, 2), 1, 2, 3, 4)
                        .gives())
                .containsExactly(21, 43);
    }

    @Test
    void smallerInputsAreStretchedFromTheLastAxis() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Elementwise(Elementwise.Operator.ADD))
                        .sequences()
                        .on(Shape.of(2, 2), 10, 20, 30, 40)
                        .on(Shape.of(2), 1, 2)
                        .on(Shape.of(2, 1), 100, 200)
                        .gives())
                .containsExactly(111, 122, 231, 242);
    }

    @Test
    void whatIsReducedIsGoneOrStaysAsOne() throws UnsupportedNetworkException {
        for (boolean keep : new boolean[] {true, false}) {
            assertThat(OneLayer.of(new Reduce(Reduce.Operator.MEAN, List.of(Axis.of(0)), keep))
                            .sequences()
                            .on(Shape.of(2, 2), 1, 2, 3, 4)
                            .gives())
                    .containsExactly(2, 3);
        }
    }

    @Test
    void slopesAreThoseOfTheChannels() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new ParametricRelu(true))
                        .on(Shape.of(2, 2), 1, -1, 2, -2)
                        .with("slope", 0.5, 0.25)
                        .gives())
                .containsExactly(1, -0.5, 2, -0.5);
    }

    /** The sigmoid of ln 3 is 3/4. */
    @Test
    void theSecondHalfGatesTheFirst() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new GatedLinearUnit(Axis.CHANNELS))
                        .on(Shape.of(2, 2), 4, 8, Math.log(3), 0)
                        .gives())
                .containsExactly(new double[] {3, 4}, within(1e-6));
    }

    /** Half-pixel centres: a quarter of an element before, and after, each of the two. */
    @Test
    void linearInterpolationIsBetweenTheMiddlesOfElements() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Resize(List.of(4), Interpolation.LINEAR))
                        .on(Shape.of(1, 2), 1, 3)
                        .gives())
                .containsExactly(1, 1.5, 2.5, 3);
        assertThat(OneLayer.of(new Resize(List.of(3), Interpolation.NEAREST))
                        .on(Shape.of(1, 5), 1, 2, 3, 4, 5)
                        .gives())
                .containsExactly(1, 2, 4);
    }

    /**
     * Keys' kernel with a = -0.75 is 0.87890625, 0.26171875, -0.10546875 and -0.03515625 at distances of 1/4, 3/4, 5/4
     * and 7/4.
     */
    @Test
    void cubicInterpolationIsOfFourElements() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Resize(List.of(4), Interpolation.CUBIC))
                        .on(Shape.of(1, 2), 0, 1)
                        .gives())
                .containsExactly(-0.10546875, 0.26171875 - 0.03515625, 0.87890625 - 0.10546875, 1.10546875);
    }

    @Test
    void marginsAreZerosOrAMirrorOrTheEdge() throws UnsupportedNetworkException {
        List<Explicit> margins = List.of(new Explicit(2, 1));

        assertThat(OneLayer.of(new Pad(margins, Pad.Mode.ZEROS))
                        .on(Shape.of(1, 3), 1, 2, 3)
                        .gives())
                .containsExactly(0, 0, 1, 2, 3, 0);
        assertThat(OneLayer.of(new Pad(margins, Pad.Mode.REFLECT))
                        .on(Shape.of(1, 3), 1, 2, 3)
                        .gives())
                .containsExactly(3, 2, 1, 2, 3, 2);
        assertThat(OneLayer.of(new Pad(margins, Pad.Mode.REPLICATE))
                        .on(Shape.of(1, 3), 1, 2, 3)
                        .gives())
                .containsExactly(1, 1, 1, 2, 3, 3);
    }

    @Test
    void aPixelShuffleLaysChannelsOutOverRowsThenColumns() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new PixelShuffle(2))
                        .on(Shape.of(4, 1, 2), 1, 5, 2, 6, 3, 7, 4, 8)
                        .gives())
                .containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
    }
}
