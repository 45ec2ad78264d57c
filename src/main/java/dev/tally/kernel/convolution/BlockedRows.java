package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Transposition;
import dev.tally.kernel.memory.Buffer;

/**
 * Brings rows of the planes of a block of channels into rows of pixels, the block's channels beside each other for
 * each. Channels that fill no block are filled up with zeros. Of two spatial axes.
 */
final class BlockedRows {
    private final Geometry geometry;
    private final Buffer input;
    private final Setting setting;
    private final int lanes;
    private final int blocks;
    private final long vectorBytes;
    private final Buffer[] dense;
    private final Transposition.Kernel whole;
    private final Transposition.Kernel last;
    private final RowCopy row;

    /**
     * For so many rows at once.
     *
     * @param mostRows the most that are brought at once
     */
    BlockedRows(Geometry geometry, Buffer input, Setting setting, int mostRows) {
        this.geometry = geometry;
        this.input = input;
        this.setting = setting;
        this.lanes = setting.lanes();
        this.vectorBytes = setting.vectorBytes();
        this.blocks = Math.ceilDiv(geometry.ic(), lanes);
        boolean shortRows = geometry.w().in() < lanes;
        this.dense = setting.scratch(shortRows ? (long) mostRows * geometry.w().in() * lanes : 1);
        this.whole = setting.transposition(lanes, lanes);
        this.last = setting.transposition(channels(blocks - 1), lanes);
        this.row = new RowCopy(geometry.w().in() * lanes, setting);
    }

    private int channels(int block) {
        return Math.min(lanes, geometry.ic() - block * lanes);
    }

    /**
     * Brings rows.
     *
     * @param first the first of the input's rows
     * @param rows how many
     * @param into holds what is given
     * @param to the address of the first row's first pixel in it
     * @param pitch bytes from a row to the next there
     */
    void bring(int n, int block, int first, int rows, Buffer into, long to, long pitch, int worker) {
        long plane = geometry.inputPlane();
        int width = geometry.w().in();
        long channel = (long) n * geometry.ic() + (long) block * lanes;
        long from = input.address() + (channel * plane + (long) first * width) * Float.BYTES;
        if (width >= lanes) {
            for (int y = 0; y < rows; y++) {
                transpose(block, from + (long) y * width * Float.BYTES, to + y * pitch, width);
            }
        } else if (rows * width >= lanes) {
            long address = dense[worker].address();
            transpose(block, from, address, rows * width);
            row.run(address, width * vectorBytes, to, pitch, rows);
        } else {
            for (int c = 0; c < channels(block); c++) {
                for (int i = 0; i < rows * width; i++) {
                    long at = to + i / width * pitch + i % width * vectorBytes - into.address();
                    into.set(at / Float.BYTES + c, input.get((channel + c) * plane + (long) first * width + i));
                }
            }
        }
    }

    private void transpose(int block, long from, long to, int pixels) {
        Transposition.Kernel kernel = channels(block) == lanes ? whole : last;
        setting.transpose(
                kernel, from, geometry.inputPlane() * Float.BYTES, Float.BYTES, to, vectorBytes, vectorBytes, pixels);
    }
}
