package dev.tally.kernel.operator;

import dev.tally.kernel.parallel.Pool;

/** Products of pairs of matrices, all pairs of one size: a part of a result at a time, that stays in a cache. */
public final class MatrixProduct implements Operator {
    private static final int ROWS = 65;
    private static final int COLUMNS = 512;
    private static final int TERMS = 256;

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
    private final BlockProduct[] left;
    private final Panel[] right;
    private final Panel[] sums;
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
            Vectors by,
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
        this.left = new BlockProduct[workers];
        this.right = new Panel[workers];
        this.sums = new Panel[workers];
        for (int i = 0; i < workers; i++) {
            right[i] = by.panel(depth, width);
            sums[i] = by.panel(height, width);
            left[i] = new BlockProduct(by, height, depth, right[i].pitch());
        }
        this.lines = Floats.forEachWorker(pool, Matrices.room(Math.max(height, depth), width));
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
        sums[worker].clear(height);
        for (int term = 0; term < terms; term += TERMS) {
            int depth = Math.min(TERMS, terms - term);
            left[worker].pack(first, first.place(matrix, sizes, row, term), height, depth);
            second.read(second.place(matrix, sizes, term, column), depth, width, right[worker], lines[worker]);
            left[worker].add(right[worker], sums[worker], height, depth, width);
        }
        output.write(sums[worker], height, width, output.place(matrix, sizes, row, column), lines[worker]);
    }
}
