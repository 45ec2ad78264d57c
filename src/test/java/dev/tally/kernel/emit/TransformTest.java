package dev.tally.kernel.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {
    /** Few different values, so that rows and columns are often alike, opposite or empty. */
    private static final double[] VALUES = {0, 0, 1, -1, 2, -2, 0.25};

    private static final int LINES = 2;

    private static final List<Rectifier> RECTIFIERS = List.of(Rectifier.values());

    static Stream<Transform> transforms() {
        return Widths.all()
                .boxed()
                .flatMap(lanes -> IntStream.range(0, 40)
                        .mapToObj(i -> new Transform(
                                matrix(new SplittableRandom(i)),
                                lanes,
                                i % 2 == 0,
                                i % 3 == 0,
                                RECTIFIERS.get(i % RECTIFIERS.size()),
                                i % 4 == 3 ? Access.CHECKED : Access.RAW)));
    }

    private static Matrix matrix(SplittableRandom random) {
        double[][] rows = new double[1 + random.nextInt(6)][1 + random.nextInt(6)];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = VALUES[random.nextInt(VALUES.length)];
            }
        }
        if (rows.length > 1) {
            // A pair as of opposite points: every second value the other way round.
            for (int i = 0; i < rows[0].length; i++) {
                rows[1][i] = i % 2 == 0 ? rows[0][i] : -rows[0][i];
            }
        }
        return Matrix.of(rows);
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void multipliesTheMatrixWithItsVectors(Transform transform) {
        int lanes = transform.lanes();
        int times = 3;
        Matrix matrix = transform.matrix();
        SplittableRandom random = new SplittableRandom(matrix.rows());
        try (Workspace workspace = new Workspace(transform.access())) {
            Buffer from = workspace.allocate((long) matrix.columns() * times * LINES * lanes);
            Buffer to = workspace.allocate((long) matrix.rows() * times * LINES * lanes);
            Buffer bias = workspace.allocate(lanes);
            Buffer residual = workspace.allocate((long) matrix.rows() * times * LINES * lanes);
            for (Buffer buffer : new Buffer[] {from, bias, residual}) {
                for (long i = 0; i < buffer.bytes() / Float.BYTES; i++) {
                    buffer.set(i, (float) random.nextDouble(-3, 3));
                }
            }
            long vector = (long) lanes * Float.BYTES;

            // Columns beside each other, the vectors of one time together; rows one after the other.
            Kernels.of(transform)
                    .run(
                            from.address(),
                            vector,
                            matrix.columns() * vector,
                            (long) times * matrix.columns() * vector,
                            to.address(),
                            times * vector,
                            vector,
                            (long) times * matrix.rows() * vector,
                            times,
                            LINES,
                            bias.address(),
                            residual.address(),
                            times * vector);

            for (int time = 0; time < times * LINES; time++) {
                for (int row = 0; row < matrix.rows(); row++) {
                    for (int lane = 0; lane < lanes; lane++) {
                        double sum = transform.bias() ? bias.get(lane) : 0;
                        sum += transform.residual() ? residual.get(place(matrix, times, time, row) * lanes + lane) : 0;
                        for (int column = 0; column < matrix.columns(); column++) {
                            sum += matrix.at(row, column)
                                    * from.get(((long) time * matrix.columns() + column) * lanes + lane);
                        }
                        double expected = switch (transform.rectifier()) {
                            case NONE -> sum;
                            case RELU -> Math.max(sum, 0);
                            case RELU6 -> Math.clamp(sum, 0, 6);
                        };
                        assertThat((double) to.get(place(matrix, times, time, row) * lanes + lane))
                                .as("row %d of %s", row, matrix)
                                .isCloseTo(expected, within(1e-5));
                    }
                }
            }
        }
    }

    private static long flops(boolean bias, double[][] rows) {
        return new Transform(Matrix.of(rows), 4, bias, false, Rectifier.RELU, Access.RAW).flops();
    }

    @Test
    void countsASumOfKTermsAsKLessOneAdditionsAndAFactorThatIsNotOneAsAMultiplication() {
        // a + 2 b - c, of which one addition is fused; a; 3 b.
        assertThat(flops(false, new double[][] {{1, 2, -1}, {1, 0, 0}, {0, 3, 0}}))
                .isEqualTo(3 + 0 + 1);
        assertThat(flops(true, new double[][] {{1, 2, -1}, {1, 0, 0}, {0, 3, 0}}))
                .as("with a bias for each row")
                .isEqualTo(4 + 3);
    }

    @Test
    void countsWhatOppositeRowsOrColumnsShareOnce() {
        // a + 4 c and 2 b + d / 2, their sum and their difference.
        assertThat(flops(false, new double[][] {{1, 2, 4, 0.5}, {1, -2, 4, -0.5}}))
                .isEqualTo(2 + 3 + 2);
        // The sum and the difference of a and b; one of them, twice the other, and the first with c.
        assertThat(flops(false, new double[][] {{1, 1, 0}, {2, -2, 0}, {1, 1, 1}}))
                .isEqualTo(2 + 0 + 1 + 1);
    }

    private static long place(Matrix matrix, int times, int time, int row) {
        return ((long) time / times * matrix.rows() + row) * times + time % times;
    }
}
