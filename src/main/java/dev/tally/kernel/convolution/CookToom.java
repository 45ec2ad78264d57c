package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Matrix;

/**
 * The matrices of Winograd's minimal filtering F(m, r) in one dimension: m outputs of r taps with m + r - 1
 * multiplications (Winograd, 1980; Lavin and Gray, 2016), by the construction of Cook and Toom.
 *
 * <p>A filter and the outputs' polynomial are evaluated at m + r - 1 points, multiplied there, and the product is
 * interpolated; what is used is the transpose of that: {@code y = Aᵀ [(G g) ⊙ (Bᵀ d)]} with A and G the evaluations and
 * B the inverse of the evaluation at all points.
 *
 * <p>All sizes take their points from the beginning of one sequence, and G is scaled for each point alike, whatever the
 * size. So a tile of m outputs needs the first m + r - 1 of the transformed filters of any larger tile: tiles of
 * different sizes cover a row together with one set of transformed filters.
 */
final class CookToom {
    /** Zero and infinity cost nothing, then opposite ones, which share work; nearest to 1, for the error. */
    private static final double[] POINTS = {0, Double.POSITIVE_INFINITY, 1, -1, 2, -2, 0.5, -0.5};

    /** The most points that there are. */
    static final int MOST = POINTS.length;

    /** How many outputs. */
    final int m;

    /** How many points: {@code m + r - 1}. */
    final int n;

    /** Bᵀ, {@code n × n}. */
    final Matrix input;

    /** G, {@code n × r}. */
    private final double[][] filter;

    /** Aᵀ, {@code m × n}. */
    final Matrix output;

    private CookToom(int m, Matrix input, double[][] filter, Matrix output) {
        this.m = m;
        this.n = filter.length;
        this.input = input;
        this.filter = filter;
        this.output = output;
    }

    /** {@return G's factor of a tap at a point} */
    double filter(int point, int tap) {
        return filter[point][tap];
    }

    /**
     * {@return the matrices}
     *
     * @param most the points of the largest tile that shares its transformed filters, at least m + r - 1
     */
    static CookToom of(int m, int r, int most) {
        int n = m + r - 1;
        double[][] inverse = inverse(evaluation(n, n));
        double[][] filter = evaluation(n, r);
        double[][] input = new double[n][n];
        for (int i = 0; i < n; i++) {
            double scale = scale(i, most);
            for (int k = 0; k < r; k++) {
                filter[i][k] *= scale;
            }
            for (int j = 0; j < n; j++) {
                input[i][j] = tidy(inverse[j][i] / scale);
            }
        }
        return new CookToom(m, Matrix.of(input), filter, Matrix.of(transpose(evaluation(n, m))));
    }

    /** {@return the matrices of every size up to the largest, by size from 1 on; they share the largest's filters} */
    static CookToom[] upTo(int largest, int r) {
        CookToom[] sizes = new CookToom[largest + 1];
        for (int m = 1; m <= largest; m++) {
            sizes[m] = of(m, r, largest + r - 1);
        }
        return sizes;
    }

    /** {@return the powers of each point from 0 on; of infinity, the highest alone} */
    private static double[][] evaluation(int points, int powers) {
        double[][] rows = new double[points][powers];
        for (int i = 0; i < points; i++) {
            if (Double.isInfinite(POINTS[i])) {
                rows[i][powers - 1] = 1;
            } else {
                double power = 1;
                for (int j = 0; j < powers; j++) {
                    rows[i][j] = power;
                    power *= POINTS[i];
                }
            }
        }
        return rows;
    }

    /**
     * {@return what a point's row of G is multiplied by: one over the product of its distances to the other finite
     * points of the largest tile} So both transforms keep numbers about as large as they were.
     */
    private static double scale(int point, int most) {
        if (Double.isInfinite(POINTS[point])) {
            return 1;
        }
        double product = 1;
        for (int i = 0; i < most; i++) {
            if (i != point && !Double.isInfinite(POINTS[i])) {
                product *= POINTS[point] - POINTS[i];
            }
        }
        return 1 / Math.abs(product);
    }

    private static double[][] transpose(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }

    /** Gauss and Jordan's, with pivots. */
    private static double[][] inverse(double[][] given) {
        int n = given.length;
        double[][] rows = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(given[i], 0, rows[i], 0, n);
            rows[i][n + i] = 1;
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int i = column; i < n; i++) {
                pivot = Math.abs(rows[i][column]) > Math.abs(rows[pivot][column]) ? i : pivot;
            }
            double[] swap = rows[column];
            rows[column] = rows[pivot];
            rows[pivot] = swap;
            double divisor = rows[column][column];
            for (int j = 0; j < 2 * n; j++) {
                rows[column][j] /= divisor;
            }
            for (int i = 0; i < n; i++) {
                double factor = rows[i][column];
                for (int j = 0; j < 2 * n && i != column; j++) {
                    rows[i][j] -= factor * rows[column][j];
                }
            }
        }
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows[i], n, inverse[i], 0, n);
        }
        return inverse;
    }

    /** All entries are fractions with denominators of at most a few hundred: what is off by rounding is set right. */
    private static double tidy(double value) {
        double denominator = 2 * 3 * 3 * 5 * 64;
        double rounded = Math.rint(value * denominator) / denominator;
        return Math.abs(rounded - value) < 1e-9 ? rounded : value;
    }
}
