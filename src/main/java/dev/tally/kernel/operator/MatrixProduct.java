package dev.tally.kernel.operator;

import dev.tally.kernel.parallel.Pool;
import java.util.Arrays;

/** Products of pairs of matrices, all pairs of one size: a part of a result at a time, that stays in a cache. */
public final class MatrixProduct implements Operator {
    private static final int ROWS = 64;
    private static final int COLUMNS = 256;
    private static final int TERMS = 128;

    private final Matrices first;
    private final Matrices second;
    private final Matrices output;
    private final int[] sizes;
    private final int rows;
    private final int terms;
    private final int columns;
    private final Pool pool;
    private final int rowBlocks;
    private final int columnBlocks;
    private final float[][][] left;
    private final float[][][] right;
    private final float[][][] sums;
    private final float[][] lines;

    /**
     * Products, fastest where rows of the output are whole.
     *
     * @param first of {@code rows × terms}
     * @param second of {@code terms × columns}
     * @param output of {@code rows × columns}
     * @param sizes of the axes along which matrices are numbered
     */
    public MatrixProduct(
            Matrices first,
            Matrices second,
            Matrices output,
            int[] sizes,
            int rows,
            int terms,
            int columns,
            Pool pool) {
        this.first = first;
        this.second = second;
        this.output = output;
        this.sizes = sizes.clone();
        this.rows = rows;
        this.terms = terms;
        this.columns = columns;
        this.pool = pool;
        this.rowBlocks = Math.ceilDiv(rows, ROWS);
        this.columnBlocks = Math.ceilDiv(columns, COLUMNS);
        int workers = pool.threads();
        int height = Math.min(rows, ROWS);
        int width = Math.min(columns, COLUMNS);
        int depth = Math.min(terms, TERMS);
        this.left = new float[workers][height][depth];
        this.right = new float[workers][depth][width];
        this.sums = new float[workers][height][width];
        this.lines = new float[workers][Math.max(height, Math.max(width, depth))];
    }

    @Override
    public void run() {
        int items = Math.multiplyExact(rowBlocks, columnBlocks);
        for (int size : sizes) {
            items = Math.multiplyExact(items, size);
        }
        pool.run(items, this::item);
    }

    private void item(int item, int worker) {
        int row = item % rowBlocks * ROWS;
        int column = item / rowBlocks % columnBlocks * COLUMNS;
        int matrix = item / rowBlocks / columnBlocks;
        int height = Math.min(ROWS, rows - row);
        int width = Math.min(COLUMNS, columns - column);
        for (float[] sum : sums[worker]) {
            Arrays.fill(sum, 0);
        }
        for (int term = 0; term < terms; term += TERMS) {
            int depth = Math.min(TERMS, terms - term);
            first.read(first.place(matrix, sizes, row, term), height, depth, left[worker], lines[worker]);
            second.read(second.place(matrix, sizes, term, column), depth, width, right[worker], lines[worker]);
            RowProducts.add(sums[worker], height, left[worker], right[worker], depth, width);
        }
        output.write(sums[worker], height, width, output.place(matrix, sizes, row, column), lines[worker]);
    }
}
