package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;

/** Matrices in a buffer, all of one size, numbered along some axes; their elements anyhow, but equally far apart. */
public final class Matrices {
    /** Columns that are transposed at a time: a line of the cache. */
    private static final int TOGETHER = 16;

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

    /** {@return how many floats of room reading and writing parts takes} */
    static int room(int rows, int columns) {
        return Math.addExact(Math.multiplyExact(TOGETHER, rows), Math.max(TOGETHER, columns));
    }

    /**
     * Copies a part of a matrix, row by row.
     *
     * @param place of its first element
     * @param line room for some columns and a row
     */
    void read(long place, int rows, int columns, Panel into, float[] line) {
        if (row != 1 || column == 1) {
            for (int i = 0; i < rows; i++) {
                readLine(place + i * row, column, line, columns);
                into.write(line, columns, i);
            }
            return;
        }
        int part = TOGETHER * rows;
        for (int first = 0; first < columns; first += TOGETHER) {
            int count = Math.min(TOGETHER, columns - first);
            for (int j = 0; j < count; j++) {
                Floats.read(buffer, place + (first + j) * column, line, j * rows, rows);
            }
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < count; j++) {
                    line[part + j] = line[j * rows + i];
                }
                into.write(line, part, count, i, first);
            }
        }
    }

    /** Copies rows to a part of a matrix. */
    void write(Panel from, int rows, int columns, long place, float[] line) {
        if (row != 1 || column == 1) {
            for (int i = 0; i < rows; i++) {
                from.read(i, 0, line, 0, columns);
                writeLine(line, columns, place + i * row, column);
            }
            return;
        }
        int part = TOGETHER * rows;
        for (int first = 0; first < columns; first += TOGETHER) {
            int count = Math.min(TOGETHER, columns - first);
            for (int i = 0; i < rows; i++) {
                from.read(i, first, line, part, count);
                for (int j = 0; j < count; j++) {
                    line[j * rows + i] = line[part + j];
                }
            }
            for (int j = 0; j < count; j++) {
                Floats.write(line, j * rows, rows, buffer, place + (first + j) * column);
            }
        }
    }

    /**
     * Copies some rows of a part of a matrix, column by column, each to its place after as many numbers as a column
     * has.
     *
     * @param place of the part's first element
     * @param first of the rows
     * @param height how many numbers a column has in the array, of which rows are the first
     * @param line room for a row
     */
    void pack(long place, int first, int rows, int columns, float[] into, int height, float[] line) {
        long from = place + first * row;
        if (row == 1) {
            for (int j = 0; j < columns; j++) {
                Floats.read(buffer, from + j * column, into, (j + 1) * height, rows);
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            readLine(from + i * row, column, line, columns);
            for (int j = 0; j < columns; j++) {
                into[(j + 1) * height + i] = line[j];
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
