package dev.tally.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigitsTest {
    @Test
    void millisecondsEndAtTheNanosecond() {
        assertThat(Digits.millis(1_234_567.891)).isEqualTo(1.234568);
    }

    @Test
    void fourDigitsAreLeftWhereverThePointStands() {
        assertThat(Digits.four(123_456)).isEqualTo(123_500);
        assertThat(Digits.four(-0.000012345678)).isEqualTo(-0.00001235);
        assertThat(Digits.four(9.99996)).isEqualTo(10);
        assertThat(Digits.four(0)).isZero();
    }

    @Test
    void whatIsNotFiniteStaysSo() {
        assertThat(Digits.four(Double.NaN)).isNaN();
        assertThat(Digits.four(Double.POSITIVE_INFINITY)).isInfinite();
    }
}
