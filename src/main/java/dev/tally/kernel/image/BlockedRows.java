package dev.tally.kernel.image;

import dev.tally.kernel.emit.Transposition;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Scratch;

/**
 * Brings rows of the planes of a block of channels into rows of pixels, the block's channels beside each other for
 * each. Channels that fill no block are filled up with zeros. Of two spatial axes.
 */
public final class BlockedRows {
    private final Buffer input;
    private final int channels;
    private final int width;
    private final long plane;
    private final Setting setting;
    private final int lanes;
    private final int blocks;
    private final long vectorBytes;
    private final Scratch.Piece dense;
    private final Transposition.Kernel whole;
    private final Transposition.Kernel last;
    private final RowCopy row;

    /**
     * For so many rows at once.
     *
     * @param channels of a sample
     * @param height rows of a plane
     * @param width elements of a row
     * @param mostRows the most that are brought at once
     */
    public BlockedRows(Planes input, int channels, int height, int width, Setting setting, int mostRows) {
        this.input = input.buffer();
        this.channels = channels;
        this.width = width;
        this.plane = (long) height * width;
        this.setting = setting;
        this.lanes = setting.lanes();
        this.vectorBytes = setting.vectorBytes();
        this.blocks = Math.ceilDiv(channels, lanes);
        this.dense = setting.scratch(width < lanes ? (long) mostRows * width * lanes : 1);
        this.whole = setting.transposition(lanes, lanes);
        this.last = setting.transposition(channels(blocks - 1), lanes);
        this.row = new RowCopy(width * lanes, setting);
    }

    private int channels(int block) {
        return Math.min(lanes, channels - block * lanes);
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
    public void bring(int n, int block, int first, int rows, Buffer into, long to, long pitch, int worker) {
        long channel = (long) n * channels + (long) block * lanes;
        long from = input.address() + (channel * plane + (long) first * width) * Float.BYTES;
        if (width >= lanes) {
            for (int y = 0; y < rows; y++) {
                transpose(block, from + (long) y * width * Float.BYTES, to + y * pitch, width);
            }
        } else if (rows * width >= lanes) {
            long address = dense.of(worker).address();
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
        setting.transpose(kernel, from, plane * Float.BYTES, Float.BYTES, to, vectorBytes, vectorBytes, pixels);
    }
}
