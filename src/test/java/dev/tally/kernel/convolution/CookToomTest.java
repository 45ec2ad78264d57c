package dev.tally.kernel.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.kernel.emit.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookToomTest {
    @ParameterizedTest
    @CsvSource({
        "1, 3, 3", "2, 3, 4", "3, 3, 6", "4, 3, 6", "4, 3, 8", "5, 3, 7", "6, 3, 8", "2, 5, 6", "4, 5, 8", "1, 5, 8"
    })
    void filtersWithAsManyProductsAsPoints(int m, int r, int most) {
        CookToom matrices = CookToom.of(m, r, most);
        CookToom largest = CookToom.of(most + 1 - r, r, most);
        SplittableRandom random = new SplittableRandom(m);
        double[] signal = random.doubles(m + r - 1L, -1, 1).toArray();
        double[] taps = random.doubles(r, -1, 1).toArray();

        assertThat(matrices.n).isEqualTo(m + r - 1);
        double[] points = multiply(matrices.input, signal);
        for (int point = 0; point < matrices.n; point++) {
            double filter = 0;
            for (int tap = 0; tap < r; tap++) {
                // Of the largest size: its first points are those of all others.
                filter += largest.filter(point, tap) * taps[tap];
            }
            points[point] *= filter;
        }
        double[] outputs = multiply(matrices.output, points);
        for (int i = 0; i < m; i++) {
            double expected = 0;
            for (int tap = 0; tap < r; tap++) {
                expected += signal[i + tap] * taps[tap];
            }
            assertThat(outputs[i]).isCloseTo(expected, within(2e-6));
        }
    }

    private static double[] multiply(Matrix matrix, double[] vector) {
        double[] product = new double[matrix.rows()];
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                product[row] += matrix.at(row, column) * vector[column];
            }
        }
        return product;
    }

    /** Lavin and Gray's F(2, 3) takes 4 products, F(4, 3) 6; here are F(4, 3)'s evaluations at 0, 1, -1, 2, -2. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.25, 0, 0",
        "2, 0.166667, 0.166667, 0.166667",
        "3, 0.166667, -0.166667, 0.166667",
        "4, 0.0416667, 0.0833333, 0.166667",
        "5, 0.0416667, -0.0833333, 0.166667",
        "1, 0, 0, 1"
    })
    void scalesFiltersAsPublished(int point, double one, double two, double three) {
        CookToom matrices = CookToom.of(4, 3, 6);

        assertThat(matrices.filter(point, 0)).isCloseTo(one, within(1e-6));
        assertThat(matrices.filter(point, 1)).isCloseTo(two, within(1e-6));
        assertThat(matrices.filter(point, 2)).isCloseTo(three, within(1e-6));
    }
}
