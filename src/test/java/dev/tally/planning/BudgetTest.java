package dev.tally.planning;

import static dev.tally.planning.Budgets.budget;
import static dev.tally.planning.Budgets.json;
import static dev.tally.planning.Budgets.totals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Totals;
import dev.tally.description.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lecture's two designs against limits, and against each other. */
class BudgetTest {
    private static final Totals DIRECT = totals("lecture-direct");
    private static final Totals BOTTLENECK = totals("lecture-bottleneck");

    /** By hand: 28·28·32 outputs of 5·5·192 terms and a bias; 4 bytes a number. */
    @ParameterizedTest
    @CsvSource({
        "multiplies, 120422400",
        "multipliesInBounds, 110321664", // of each axis, 134 of the 140 taps read no padding: 134·134·192·32
        "additions, 120422400",
        "macs, 120422400",
        "flops, 240844800",
        "parameters, 153632",
        "weightBytes, 614528",
        "activationBytes, 702464",
        "peakActivationBytes, 702464",
        "bytesMoved, 1316992",
    })
    void aLimitIsMetExactlyAndExceededByOne(String figure, long count) {
        assertThat(budget("{'" + figure + "': " + count + "}").check(DIRECT).passed())
                .isTrue();

        Verdict failed = budget("{'" + figure + "': " + (count - 1) + "}").check(DIRECT);
        assertThat(failed.passed()).isFalse();
        assertThat(failed.checks()).singleElement().satisfies(check -> {
            assertThat(check.limit().figure().id()).isEqualTo(figure);
            assertThat(check.actual()).isEqualTo(count);
            assertThat(check.over()).isEqualTo(1);
        });
    }

    /** The bottleneck's 12,443,648 multiplies are 31/300 of 120,422,400, the limits 12,443,648.8 and 12,443,647.6. */
    @ParameterizedTest
    @CsvSource({"-89.666666 %, 12443648, true", "-89.666667 %, 12443647, false"})
    void aRelativeLimitIsMetExactlyAndExceededByOne(String change, long atMost, boolean passed) {
        Verdict verdict = budget("{'baseline': {'ready': 'lecture-direct'}, 'multiplies': '" + change + "'}")
                .check(BOTTLENECK);

        assertThat(verdict.passed()).isEqualTo(passed);
        assertThat(verdict.checks()).singleElement().satisfies(check -> {
            assertThat(check.actual()).isEqualTo(12_443_648);
            assertThat(check.limit().atMost()).isEqualTo(atMost);
            assertThat(check.limit().basis()).isEqualTo(new Limit.Basis(120_422_400, Change.of(change)));
        });
    }

    @Test
    void oneLimitExceededFailsTheBudget() {
        Verdict verdict = budget("{'multiplies': 120422399, 'parameters': 153632, 'macs': 0}")
                .check(DIRECT);

        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.failures()).isEqualTo(2);
        assertThat(verdict.checks()).extracting(Verdict.Check::passed).containsExactly(false, true, false);
        assertThat(verdict.checks()).extracting(Verdict.Check::over).containsExactly(1L, 0L, 120_422_400L);
    }

    @Test
    void limitsKeepTheOrderInWhichTheyWereWritten() {
        Budget budget = budget("{'parameters': '+0 %', 'macs': 1, 'additions': 2, 'baseline': {'ready': 'alexnet'}}");

        assertThat(budget.limits())
                .extracting(Limit::figure)
                .containsExactly(Figure.PARAMETERS, Figure.MACS, Figure.ADDITIONS);
    }

    @Test
    void aLimitsOwnBaselineGoesBeforeTheBudgets() {
        Budget budget = budget("{'baseline': {'ready': 'lecture-direct'}, 'multiplies': '+0 %',"
                + " 'macs': {'atMost': '+0 %'},"
                + " 'parameters': {'baseline': {'ready': 'lecture-bottleneck'}, 'atMost': '+0 %'}}");

        assertThat(budget.limits()).extracting(Limit::atMost).containsExactly(120_422_400L, 120_422_400L, 15_920L);
    }

    /** A third of the lecture's input: 28·28·64 to 28·28·32 by 5·5. */
    @Test
    void aBaselineMayBeWrittenOut() {
        Budget budget = budget("{'multiplies': {'atMost': '+0 %', 'baseline': {'input': [28, 28, 64], 'layers': ["
                + "{'type': 'conv2d', 'filters': 32, 'kernel': 5, 'padding': 'same'}]}}}");

        assertThat(budget.limits()).extracting(Limit::atMost).containsExactly(40_140_800L);
    }

    @Test
    void aBaselineIsCountedWithItsOwnBatchAndType() {
        Budget budget = budget("{'baseline': {'ready': 'lecture-direct', 'batch': 3, 'dtype': 'float16'},"
                + " 'multiplies': '+0 %', 'weightBytes': '+0 %'}");

        assertThat(budget.limits()).extracting(Limit::atMost).containsExactly(361_267_200L, 307_264L);
    }

    @Test
    void limitsGoFromZeroToTheLargestCount() {
        assertThat(budget("{'multiplies': 0, 'macs': 9223372036854775807}").limits())
                .extracting(Limit::atMost)
                .containsExactly(0L, Long.MAX_VALUE);
    }

    @Test
    void aDocumentWithoutABudgetHasNone() {
        assertThat(BudgetReader.read(json("{'ready': 'alexnet'}"), new Errors()))
                .isNull();
        assertThat(BudgetReader.read(json("{'ready': 'alexnet', 'budget': null}"), new Errors()))
                .isNull();
        assertThat(BudgetReader.read(json("[]"), new Errors())).isNull();
    }
}
