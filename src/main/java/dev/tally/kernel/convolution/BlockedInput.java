package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Copy;
import dev.tally.kernel.emit.Transposition;
import dev.tally.kernel.memory.Buffer;

/**
 * The input with blocks of channels beside each other for each pixel, and with the zeros around it that taps read. Of
 * two spatial axes; channels that fill no block are filled up with zeros.
 */
final class BlockedInput {
    private final Geometry geometry;
    private final Buffer input;
    private final Setting setting;
    private final int lanes;
    private final int blocks;
    private final int height;
    private final int width;
    private final Buffer blocked;
    private final Buffer[] planes;
    private final Transposition.Kernel whole;
    private final Transposition.Kernel last;
    private final Copy.Kernel piece;
    private final Copy.Kernel rest;
    private final int pieceFloats;

    BlockedInput(Geometry geometry, Buffer input, Setting setting) {
        this.geometry = geometry;
        this.input = input;
        this.setting = setting;
        this.lanes = setting.lanes();
        this.blocks = Math.ceilDiv(geometry.ic(), lanes);
        this.height = (int) geometry.h().padded();
        this.width = (int) geometry.w().padded();
        this.blocked = setting.workspace().allocate((long) geometry.mb() * blocks * height * width * lanes);
        this.planes = new Buffer[setting.pool().threads()];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = setting.workspace().allocate(geometry.inputPlane() * lanes);
        }
        this.whole = setting.transposition(lanes, lanes);
        this.last = setting.transposition(channels(blocks - 1), lanes);
        int row = geometry.w().in() * lanes;
        this.pieceFloats = Math.min(row, Copy.most(lanes));
        this.piece = setting.copy(pieceFloats);
        this.rest = setting.copy(row % pieceFloats == 0 ? pieceFloats : row % pieceFloats);
    }

    private int channels(int block) {
        return Math.min(lanes, geometry.ic() - block * lanes);
    }

    /** {@return how many pixels a row has, zeros among them} */
    int width() {
        return width;
    }

    /** {@return the address of the first vector of a row, which may be of zeros} */
    long address(int n, int block, int row) {
        return blocked.address() + (((long) n * blocks + block) * height + row) * width * setting.vectorBytes();
    }

    /** Brings the input into its place. */
    void fill() {
        setting.pool().run(geometry.mb() * blocks, this::fillBlock);
    }

    private void fillBlock(int item, int worker) {
        int n = item / blocks;
        int block = item % blocks;
        long plane = geometry.inputPlane();
        long channel = (long) n * geometry.ic() + (long) block * lanes;
        long from = input.address() + channel * plane * Float.BYTES;
        long to = address(n, block, geometry.h().before()) + (long) geometry.w().before() * setting.vectorBytes();
        int row = geometry.w().in();
        int rows = geometry.h().in();
        if (row >= lanes) {
            for (int y = 0; y < rows; y++) {
                transpose(
                        block, from + (long) y * row * Float.BYTES, to + (long) y * width * setting.vectorBytes(), row);
            }
        } else if (plane >= lanes) {
            long dense = planes[worker].address();
            transpose(block, from, dense, (int) plane);
            copyRows(dense, to);
        } else {
            for (int c = 0; c < channels(block); c++) {
                for (int i = 0; i < plane; i++) {
                    long pixel = (to - blocked.address()) / setting.vectorBytes() + (long) (i / row) * width + i % row;
                    blocked.set(pixel * lanes + c, input.get((channel + c) * plane + i));
                }
            }
        }
    }

    /** Transposes a row of pixels, at least as many as a vector holds; the last square overlaps the one before. */
    private void transpose(int block, long from, long to, int pixels) {
        Transposition.Kernel kernel = channels(block) == lanes ? whole : last;
        long distance = geometry.inputPlane() * Float.BYTES;
        long vectorBytes = setting.vectorBytes();
        kernel.run(from, distance, vectorBytes, to, vectorBytes, lanes * vectorBytes, pixels / lanes);
        if (pixels % lanes != 0) {
            long back = (long) pixels - lanes;
            kernel.run(from + back * Float.BYTES, distance, 0, to + back * vectorBytes, vectorBytes, 0, 1);
        }
    }

    private void copyRows(long from, long to) {
        int row = geometry.w().in() * lanes;
        for (int at = 0; at < row; at += pieceFloats) {
            Copy.Kernel kernel = row - at >= pieceFloats ? piece : rest;
            kernel.run(
                    from + (long) at * Float.BYTES,
                    (long) row * Float.BYTES,
                    to + (long) at * Float.BYTES,
                    (long) width * setting.vectorBytes(),
                    geometry.h().in());
        }
    }
}
