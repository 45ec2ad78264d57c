package dev.tally.kernel.convolution;

import dev.tally.kernel.image.Blocks;

/** An input that lies in blocks of channels, with the zeros that taps read in its border. */
final class BlockedInput implements TileInput {
    private final Blocks blocks;
    private final int lanes;
    private final int top;
    private final int left;

    BlockedInput(Blocks blocks, Geometry geometry) {
        this.blocks = blocks;
        this.lanes = blocks.whole().lanes();
        this.top = geometry.h().before();
        this.left = geometry.w().before();
    }

    @Override
    public void fill() {}

    @Override
    public long address(int n, int c, int d, int h) {
        return blocks.address(n, c / lanes, h - top) - (long) left * pitch() + (long) c % lanes * Float.BYTES;
    }

    @Override
    public long offset(int c, int d, int h, int w) {
        return c / lanes * blocks.blockBytes()
                + (long) c % lanes * Float.BYTES
                + h * blocks.rowBytes()
                + (long) w * pitch();
    }

    @Override
    public int pitch() {
        return blocks.pixelBytes();
    }
}
