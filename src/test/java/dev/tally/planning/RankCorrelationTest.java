package dev.tally.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    private static final double EXACTLY = 1e-12;

    private static RankCorrelation of(double[] first, double[] second) {
        return RankCorrelation.of(first, second).orElseThrow();
    }

    private static double[] numbers(double... numbers) {
        return numbers;
    }

    /**
     * S. Siegel, N. J. Castellan, Nonparametric Statistics for the Behavioral Sciences: status and authoritarianism.
     */
    @Test
    void aTextbooksExampleComesOutAsItStandsThere() {
        RankCorrelation correlation = of(
                numbers(82, 98, 87, 40, 116, 113, 111, 83, 85, 126, 106, 117),
                numbers(42, 46, 39, 37, 65, 88, 86, 56, 62, 92, 54, 81));

        assertThat(correlation.n()).isEqualTo(12);
        // 1 - 6·52 / (12³ - 12) with 52 the sum of the squared differences of the ranks; 44 of 66 pairs.
        assertThat(correlation.spearman()).isCloseTo(1 - 312.0 / 1716, within(EXACTLY));
        assertThat(correlation.kendall()).isCloseTo(44.0 / 66, within(EXACTLY));
    }

    @Test
    void thingsThatAreEqualShareTheirMeanRank() {
        // Ranks 4.5 2.5 1 4.5 2.5 and 2.5 4 5 2.5 1: products of their distances from 3 sum up to -5, squares to 9 and
        // 9.5.
        // Of 10 pairs the first tells 8 apart, the second 9; 2 are in the same order, 6 in the reverse one.
        RankCorrelation correlation = of(numbers(12, 2, 1, 12, 2), numbers(1, 4, 7, 1, 0));

        assertThat(correlation.spearman()).isCloseTo(-5 / Math.sqrt(9 * 9.5), within(EXACTLY));
        assertThat(correlation.kendall()).isCloseTo(-4 / Math.sqrt(72), within(EXACTLY));
    }

    @Test
    void oneOrderIsOneAndTheReverseMinusOneWhateverTheDistances() {
        double[] first = numbers(1, 2, 3, 1000);

        assertThat(of(first, numbers(-5, 0, 1e9, 1e10))).isEqualTo(new RankCorrelation(4, 1, 1));
        assertThat(of(first, numbers(4, 3, 2, 1))).isEqualTo(new RankCorrelation(4, -1, -1));
    }

    @Test
    void theDefinitionsInAllPairsSayTheSame() {
        Random random = new Random(8);
        for (int draw = 0; draw < 500; draw++) {
            int n = 3 + random.nextInt(60);
            int values = 2 + random.nextInt(80);
            double[] first = random.ints(n, 0, values).asDoubleStream().toArray();
            double[] second = Arrays.stream(first)
                    .map(number -> number * random.nextInt(3) + random.nextInt(values))
                    .toArray();
            first[0] = values;
            second[1] = 4.0 * values;
            double[] before = first.clone();

            RankCorrelation correlation = of(first, second);

            assertThat(correlation.n()).isEqualTo(n);
            assertThat(correlation.spearman()).as("draw %d", draw).isCloseTo(spearman(first, second), within(1e-9));
            assertThat(correlation.kendall()).as("draw %d", draw).isCloseTo(kendall(first, second), within(1e-9));
            assertThat(first).as("what is asked about is left as it is").isEqualTo(before);
        }
    }

    /** The correlation of ranks, each counted from who is smaller. */
    private static double spearman(double[] first, double[] second) {
        double[] a = Arrays.stream(first).map(number -> rank(number, first)).toArray();
        double[] b = Arrays.stream(second).map(number -> rank(number, second)).toArray();
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double products = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            products += (a[i] - meanA) * (b[i] - meanB);
            squaresA += Math.pow(a[i] - meanA, 2);
            squaresB += Math.pow(b[i] - meanB, 2);
        }
        return products / Math.sqrt(squaresA * squaresB);
    }

    private static double rank(double number, double[] numbers) {
        double smaller = Arrays.stream(numbers).filter(other -> other < number).count();
        double equal = Arrays.stream(numbers).filter(other -> other == number).count();
        return smaller + (equal + 1) / 2;
    }

    private static double kendall(double[] first, double[] second) {
        double signs = 0;
        double toldApartByFirst = 0;
        double toldApartBySecond = 0;
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < i; j++) {
                signs += Math.signum(first[i] - first[j]) * Math.signum(second[i] - second[j]);
                toldApartByFirst += first[i] == first[j] ? 0 : 1;
                toldApartBySecond += second[i] == second[j] ? 0 : 1;
            }
        }
        return signs / Math.sqrt(toldApartByFirst * toldApartBySecond);
    }

    @Test
    void thereIsNoneOfFewerThanTwoOrWhereAllAreEqual() {
        assertThat(RankCorrelation.of(numbers(), numbers())).isEmpty();
        assertThat(RankCorrelation.of(numbers(1), numbers(2))).isEmpty();
        assertThat(RankCorrelation.of(numbers(3, 3, 3), numbers(1, 2, 3))).isEmpty();
        assertThat(RankCorrelation.of(numbers(1, 2, 3), numbers(3, 3, 3))).isEmpty();
        assertThat(RankCorrelation.of(numbers(1, 2), numbers(7, 9))).contains(new RankCorrelation(2, 1, 1));
    }

    @Test
    void figuresOfDifferentThingsAreRefused() {
        assertThatThrownBy(() -> RankCorrelation.of(numbers(1, 2), numbers(1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2, got 3");
    }
}
