package dev.tally.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTest {
    private static final long LARGEST = Long.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        "+2 %, 100, 102",
        "+0 %, 7, 7",
        "-0 %, 7, 7",
        "-10 %, 100, 90",
        "-100 %, 100, 0",
        "-100 %, 9223372036854775807, 0",
        "+100 %, 0, 0",
        // A double makes 114.99999999999999 of it.
        "+15 %, 100, 115",
        "+2.5 %, 1000, 1025",
        "-0.1 %, 1000, 999",
    })
    void aChangeIsExact(String change, long baseline, long limit) {
        assertThat(Change.of(change).of(baseline)).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({
        "+2 %, 19607843, 19999999", // 19,999,999.86
        "-2 %, 101, 98", // 98.98
        "+0.1 %, 50, 50", // 50.05
        "-0.1 %, 50, 49", // 49.95
        "+0.000001 %, 99999999, 99999999", // 99,999,999.99999999
        "+0.000001 %, 100000000, 100000001",
        // 2^53 + 1, which no double is: 9,907,919,180,215,092.3
        "+10 %, 9007199254740993, 9907919180215092",
    })
    void aFractionIsRoundedDown(String change, long baseline, long limit) {
        assertThat(Change.of(change).of(baseline)).isEqualTo(limit);
    }

    @Test
    void aLimitIsAtMostTheLargestCount() {
        assertThat(Change.of("+0 %").of(LARGEST)).isEqualTo(LARGEST);
        assertThat(Change.of("+0.000001 %").of(LARGEST)).isEqualTo(LARGEST);
        assertThat(Change.of("+999999.999999 %").of(LARGEST)).isEqualTo(LARGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+2 %", "+2%", "+ 2 %", " +2 % ", "+2.0 %", "+02 %", "+2.000000 %"})
    void blanksAndZerosMeanNothing(String written) {
        assertThat(Change.of(written).of(100)).isEqualTo(102);
        assertThat(Change.of(written).text()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "%",
                "+%",
                "+2",
                "+2 percent",
                "+-2 %",
                "++2 %",
                "+2 %%",
                "+.5 %",
                "+2. %",
                "+2,5 %",
                "+1e1 %",
                "+1000000 %",
                "+0.0000001 %",
                "+٢ %",
                "−2 %",
                "+2 % of it",
                "20000000",
                "+2\n%",
                "+2                                        %"
            })
    void whatIsNoChangeIsRefused(String written) {
        assertThatThrownBy(() -> Change.of(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a change in percent such as \"+2 %\" or \"-12.5 %\", of at most 6 digits before and after"
                        + " the point");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 %", "102%", "0 %", "2.5 %"})
    void aChangeHasASign(String written) {
        assertThatThrownBy(() -> Change.of(written)).hasMessageContaining("with its sign");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-101 %", "-100.000001 %", "-999999 %"})
    void nothingCostsLessThanNothing(String written) {
        assertThatThrownBy(() -> Change.of(written)).hasMessage("a change of at least -100 %");
    }
}
