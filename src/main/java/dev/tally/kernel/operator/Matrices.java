package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;

/** Matrices in a buffer, all of one size, numbered along some axes; their elements anyhow, but equally far apart. */
public final class Matrices {
    private final Buffer buffer;
    private final long[] apart;
    private final long row;
    private final long column;

    /**
     * Matrices.
     *
     * @param apart how far matrices are apart that are neighbours along each of the axes; 0 where one is repeated
     * @param row how far a row is from the next
     * @param column how far a column is from the next
     */
    public Matrices(Buffer buffer, long[] apart, long row, long column) {
        this.buffer = buffer;
        this.apart = apart.clone();
        this.row = row;
        this.column = column;
    }

    /** {@return rows as columns} */
    public Matrices transposed() {
        return new Matrices(buffer, apart, column, row);
    }

    /** {@return whether neighbours in a row are neighbours in memory} */
    public boolean rowsAreWhole() {
        return column == 1;
    }

    /** {@return where the element of a matrix lies, whose number counts along axes of these sizes} */
    long place(int matrix, int[] sizes, int atRow, int atColumn) {
        long place = atRow * row + atColumn * column;
        int rest = matrix;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            place += rest % sizes[axis] * apart[axis];
            rest /= sizes[axis];
        }
        return place;
    }

    /**
     * Copies a part of a matrix, row by row.
     *
     * @param place of its first element
     * @param line room for a row and for a column
     */
    void read(long place, int rows, int columns, float[][] into, float[] line) {
        if (column == 1 || row != 1) {
            for (int i = 0; i < rows; i++) {
                readLine(place + i * row, column, into[i], columns);
            }
            return;
        }
        for (int j = 0; j < columns; j++) {
            Floats.read(buffer, place + j * column, line, rows);
            for (int i = 0; i < rows; i++) {
                into[i][j] = line[i];
            }
        }
    }

    private void readLine(long place, long stride, float[] into, int count) {
        if (stride == 1) {
            Floats.read(buffer, place, into, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            into[i] = buffer.get(place + i * stride);
        }
    }

    /** Copies rows to a part of a matrix. */
    void write(float[][] from, int rows, int columns, long place, float[] line) {
        if (column == 1 || row != 1) {
            for (int i = 0; i < rows; i++) {
                writeLine(from[i], columns, place + i * row, column);
            }
            return;
        }
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                line[i] = from[i][j];
            }
            Floats.write(line, rows, buffer, place + j * column);
        }
    }

    private void writeLine(float[] from, int count, long place, long stride) {
        if (stride == 1) {
            Floats.write(from, count, buffer, place);
            return;
        }
        for (int i = 0; i < count; i++) {
            buffer.set(place + i * stride, from[i]);
        }
    }
}
