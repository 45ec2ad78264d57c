package dev.tally.kernel.emit;

import java.util.ArrayList;
import java.util.List;

/**
 * A small constant matrix.
 *
 * @param rows how many rows
 * @param columns how many columns
 * @param values row by row
 */
public record Matrix(int rows, int columns, List<Float> values) {
    public Matrix {
        values = List.copyOf(values);
        if (values.size() != rows * columns) {
            throw new IllegalArgumentException(rows + " × " + columns + " values expected, got " + values.size());
        }
    }

    /** {@return the matrix of these rows, rounded to float32} */
    public static Matrix of(double[][] rows) {
        List<Float> values = new ArrayList<>();
        for (double[] row : rows) {
            for (double value : row) {
                values.add((float) value + 0f); // No negative zeros: they would count as another matrix.
            }
        }
        return new Matrix(rows.length, rows[0].length, values);
    }

    /** {@return a value} */
    public float at(int row, int column) {
        return values.get(row * columns + column);
    }
}
