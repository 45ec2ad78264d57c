package dev.tally.kernel.convolution;

import dev.tally.kernel.memory.Buffer;

/**
 * The whole input with blocks of channels beside each other for each pixel, and with the zeros around it that taps
 * read.
 */
final class BlockedInput {
    private final Geometry geometry;
    private final Setting setting;
    private final BlockedRows rows;
    private final int blocks;
    private final int height;
    private final int width;
    private final Buffer blocked;

    BlockedInput(Geometry geometry, Buffer input, Setting setting) {
        this.geometry = geometry;
        this.setting = setting;
        this.rows = new BlockedRows(geometry, input, setting, geometry.h().in());
        this.blocks = Math.ceilDiv(geometry.ic(), setting.lanes());
        this.height = (int) geometry.h().padded();
        this.width = (int) geometry.w().padded();
        this.blocked = setting.workspace().allocate((long) geometry.mb() * blocks * height * width * setting.lanes());
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
        long to = address(n, block, geometry.h().before()) + (long) geometry.w().before() * setting.vectorBytes();
        rows.bring(n, block, 0, geometry.h().in(), blocked, to, (long) width * setting.vectorBytes(), worker);
    }
}
