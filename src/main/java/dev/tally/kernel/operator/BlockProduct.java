package dev.tally.kernel.operator;

import dev.tally.kernel.emit.Kernels;
import dev.tally.kernel.emit.PlaneTile;
import dev.tally.kernel.emit.Rectifier;
import org.jspecify.annotations.Nullable;

/**
 * Products of a part of a matrix, packed here, with rows of another: tiles of rows by two vectors of columns, that stay
 * in registers over all terms. One worker's.
 */
final class BlockProduct {
    private final int tileRows;
    private final int tileColumns;
    private final PlaneTile.@Nullable Kernel kernel;
    private final int[] offsets;
    private final float[][] packed;
    private final float[] line;

    /**
     * Room for a part.
     *
     * @param rows the most of its rows
     * @param terms the most of its columns
     * @param pitch of the panels that it meets
     */
    BlockProduct(Vectors by, int rows, int terms, int pitch) {
        this.tileRows = by.rows();
        this.tileColumns = by.columns();
        this.kernel = by.lanes() == 0
                ? null
                : Kernels.of(new PlaneTile(
                        tileRows,
                        Vectors.TOGETHER,
                        by.lanes(),
                        true,
                        Rectifier.NONE,
                        by.workspace().access()));
        this.offsets = new int[terms];
        for (int i = 0; i < terms; i++) {
            offsets[i] = Math.multiplyExact(Math.multiplyExact(i, pitch), Float.BYTES);
        }
        this.packed = new float[Math.ceilDiv(rows, tileRows)][PlaneTile.numbers(tileRows, terms)];
        this.line = new float[Math.max(terms, 2 * pitch)];
    }

    /** Packs a part of a matrix. */
    void pack(Matrices from, long place, int rows, int terms) {
        for (int tile = 0; tile * tileRows < rows; tile++) {
            int first = tile * tileRows;
            // The first numbers are what sums begin with.
            from.pack(place, first, Math.min(tileRows, rows - first), terms, packed[tile], tileRows, line);
        }
    }

    /** Adds the product of what is packed and rows of a panel to sums. */
    void add(Panel second, Panel sums, int rows, int terms, int columns) {
        PlaneTile.Kernel tiles = kernel;
        if (tiles == null) {
            addByLoops(second, sums, rows, terms, columns);
            return;
        }
        long pitchBytes = (long) sums.pitch() * Float.BYTES;
        for (int column = 0; column < columns; column += tileColumns) {
            long from = second.buffer().address() + (long) column * Float.BYTES;
            long to = sums.buffer().address() + (long) column * Float.BYTES;
            for (int tile = 0; tile * tileRows < rows; tile++) {
                long out = to + (long) tile * tileRows * pitchBytes;
                tiles.run(from, 0, terms, offsets, packed[tile], 0, out, pitchBytes, out);
            }
        }
    }

    /** A tile is a row here. */
    private void addByLoops(Panel second, Panel sums, int rows, int terms, int columns) {
        float[] sum = new float[columns];
        for (int row = 0; row < rows; row++) {
            sums.read(row, sum, columns);
            for (int term = 0; term < terms; term++) {
                second.read(term, line, columns);
                addRow(sum, packed[row][term + 1], line, columns);
            }
            sums.write(sum, columns, row);
        }
    }

    private static void addRow(float[] sum, float factor, float[] row, int columns) {
        for (int j = 0; j < columns; j++) {
            sum[j] += factor * row[j];
        }
    }
}
