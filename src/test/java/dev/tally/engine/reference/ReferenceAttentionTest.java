package dev.tally.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Attention;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Shape;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Logarithms as scores, so that shares are fractions. */
class ReferenceAttentionTest {
    private static final Offset<Double> ROUNDED = within(1e-5);
    private static final double LN3 = Math.log(3);

    /** Scores of 0 and ln 3 share 1 : 3. */
    @Test
    void aQueryTakesOfTheValuesByItsLikenessToTheKeys() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Attention(1))
                        .sequences()
                        .on(Shape.of(2, 1), 1, 0)
                        .on(Shape.of(2, 1), 0, LN3)
                        .on(Shape.of(2, 2), 4, 100, 8, 200)
                        .gives())
                .containsExactly(new double[] {7, 175, 6, 150}, ROUNDED);
    }

    /** Over four features: the product of 2 ln 3 is halved. */
    @Test
    void scoresAreDividedByTheRootOfTheFeatures() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Attention(1))
                        .sequences()
                        .on(Shape.of(1, 4), 1, 1, 0, 0)
                        .on(Shape.of(2, 4), 0, 0, 5, 5, LN3, LN3, -5, -5)
                        .on(Shape.of(2, 1), 4, 8)
                        .gives())
                .containsExactly(new double[] {7}, ROUNDED);
    }

    /** The first head's query is like the second key, the second head's like none more than the other. */
    @Test
    void everyHeadSeesItsPartOfTheFeatures() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Attention(2))
                        .sequences()
                        .on(Shape.of(1, 2), 1, 0)
                        .on(Shape.of(2, 2), 0, 9, LN3, -9)
                        .on(Shape.of(2, 4), 4, 100, 1, 10, 8, 200, 3, 30)
                        .gives())
                .containsExactly(new double[] {7, 175, 2, 20}, ROUNDED);
    }

    @Test
    void sequencesDoNotSeeEachOther() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new Attention(1))
                        .sequences()
                        .batch(2)
                        .on(Shape.of(2, 1, 1), 1, 0, 1, 0)
                        .on(Shape.of(2, 2, 1), 0, LN3, 0, LN3, LN3, 0, 0, LN3)
                        .on(Shape.of(2, 2, 1), 4, 8, 4, 8, 4, 8, 40, 80)
                        .gives())
                .containsExactly(new double[] {7, 6, 5, 60}, ROUNDED);
    }

    /** q = x · 1, k = x · ln 3 + 5 (the same for all keys, so it falls out), v = 4 x + 4, y = 10 v + 1. */
    @Test
    void projectionsAreDenseLayersOfTheInputsAndTheResult() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new MultiHeadAttention(1, OptionalInt.empty(), OptionalInt.empty(), true))
                        .sequences()
                        .on(Shape.of(2, 1), 0, 1)
                        .with("queryKernel", 1)
                        .with("queryBias", 0)
                        .with("keyKernel", LN3)
                        .with("keyBias", 5)
                        .with("valueKernel", 4)
                        .with("valueBias", 4)
                        .with("outputKernel", 10)
                        .with("outputBias", 1)
                        .gives())
                .containsExactly(new double[] {61, 71}, ROUNDED);
    }

    /** One feature becomes two heads of one key and two values each; kernels are (to, from). */
    @Test
    void headsHaveLengthsOfTheirOwn() throws UnsupportedNetworkException {
        assertThat(OneLayer.of(new MultiHeadAttention(2, OptionalInt.of(1), OptionalInt.of(2), false))
                        .sequences()
                        .on(Shape.of(1, 1), 1)
                        .on(Shape.of(2, 1), 0, 1)
                        .with("queryKernel", 1, 0)
                        .with("keyKernel", LN3, 9)
                        .with("valueKernel", 4, 40, 400, 4000)
                        .with("outputKernel", 1, 1, 1, 1)
                        .gives())
                .containsExactly(new double[] {3 + 30 + 200 + 2000}, within(1e-3));
    }
}
