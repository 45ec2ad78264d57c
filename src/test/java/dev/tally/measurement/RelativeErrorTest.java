package dev.tally.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelativeErrorTest {
    private static double of(double... expectedAndGot) {
        RelativeError error = new RelativeError();
        for (int i = 0; i < expectedAndGot.length; i += 2) {
            error.add(expectedAndGot[i], expectedAndGot[i + 1]);
        }
        return error.largest();
    }

    @Test
    void isTheLargestErrorOverTheLargestReference() {
        assertThat(of(-8, -8.5, 1, 2, 0, 0.25)).isEqualTo(1 / 8.0);
    }

    @Test
    void equalInfinitiesAreNoError() {
        assertThat(of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 4, 5)).isEqualTo(0.25);
    }

    @Test
    void whatIsNoNumberAndShouldBeIsAnInfiniteError() {
        assertThat(of(1, Double.NaN)).isInfinite();
        assertThat(of(1, Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(of(0, 1)).isInfinite();
        assertThat(of(Double.NaN, 1, 3, 3)).isInfinite();
        assertThat(of(Double.POSITIVE_INFINITY, 1, 3, 3)).isInfinite();
        assertThat(of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isInfinite();
    }

    @Test
    void nothingButZerosIsNoError() {
        assertThat(of(0, 0, 0, -0.0)).isZero();
    }
}
