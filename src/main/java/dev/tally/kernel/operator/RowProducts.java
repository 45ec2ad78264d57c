package dev.tally.kernel.operator;

/**
 * Products of small matrices whose rows are arrays. Each row of the result is a sum of rows of the second, four rows of
 * each at a time, for then there are two multiplications for each access to memory. All rows begin at 0: of loops whose
 * rows begin elsewhere the compiler makes no vectors.
 */
final class RowProducts {
    private static final int TOGETHER = 4;

    private RowProducts() {}

    /** Adds the product of the first {@code rows × terms} and the second {@code terms × columns} to sums. */
    static void add(float[][] sums, int rows, float[][] first, float[][] second, int terms, int columns) {
        int fours = rows - rows % TOGETHER;
        int whole = terms - terms % TOGETHER;
        for (int i = 0; i < fours; i += TOGETHER) {
            for (int k = 0; k < whole; k += TOGETHER) {
                fourRows(sums, i, first, second, k, columns);
            }
        }
        for (int i = fours; i < rows; i++) {
            for (int k = 0; k < whole; k += TOGETHER) {
                fourTerms(sums[i], first[i], second, k, columns);
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int k = whole; k < terms; k++) {
                oneTerm(sums[i], first[i][k], second[k], columns);
            }
        }
    }

    private static void fourRows(float[][] sums, int i, float[][] first, float[][] second, int k, int columns) {
        float[] p = first[i];
        float[] q = first[i + 1];
        float[] r = first[i + 2];
        float[] s = first[i + 3];
        fourByFour(
                sums[i],
                sums[i + 1],
                sums[i + 2],
                sums[i + 3],
                p,
                q,
                r,
                s,
                second[k],
                second[k + 1],
                second[k + 2],
                second[k + 3],
                k,
                columns);
    }

    private static void fourByFour(
            float[] w,
            float[] x,
            float[] y,
            float[] z,
            float[] p,
            float[] q,
            float[] r,
            float[] s,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            int k,
            int columns) {
        float p0 = p[k];
        float p1 = p[k + 1];
        float p2 = p[k + 2];
        float p3 = p[k + 3];
        float q0 = q[k];
        float q1 = q[k + 1];
        float q2 = q[k + 2];
        float q3 = q[k + 3];
        float r0 = r[k];
        float r1 = r[k + 1];
        float r2 = r[k + 2];
        float r3 = r[k + 3];
        float s0 = s[k];
        float s1 = s[k + 1];
        float s2 = s[k + 2];
        float s3 = s[k + 3];
        for (int j = 0; j < columns; j++) {
            float aj = a[j];
            float bj = b[j];
            float cj = c[j];
            float dj = d[j];
            w[j] += p0 * aj + p1 * bj + p2 * cj + p3 * dj;
            x[j] += q0 * aj + q1 * bj + q2 * cj + q3 * dj;
            y[j] += r0 * aj + r1 * bj + r2 * cj + r3 * dj;
            z[j] += s0 * aj + s1 * bj + s2 * cj + s3 * dj;
        }
    }

    private static void fourTerms(float[] sum, float[] first, float[][] second, int k, int columns) {
        float p0 = first[k];
        float p1 = first[k + 1];
        float p2 = first[k + 2];
        float p3 = first[k + 3];
        float[] a = second[k];
        float[] b = second[k + 1];
        float[] c = second[k + 2];
        float[] d = second[k + 3];
        for (int j = 0; j < columns; j++) {
            sum[j] += p0 * a[j] + p1 * b[j] + p2 * c[j] + p3 * d[j];
        }
    }

    private static void oneTerm(float[] sum, float factor, float[] row, int columns) {
        for (int j = 0; j < columns; j++) {
            sum[j] += factor * row[j];
        }
    }
}
