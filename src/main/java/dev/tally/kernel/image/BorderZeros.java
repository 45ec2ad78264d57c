package dev.tally.kernel.image;

import java.lang.foreign.MemorySegment;

/** Zeros written around images whose memory others use too. */
public final class BorderZeros {
    private final Blocks images;
    private final Setting setting;

    /** The zeros around all blocks of some images. */
    public BorderZeros(Blocks images, Setting setting) {
        this.images =
                new Blocks(images.buffer(), images.whole(), 0, images.whole().channels());
        this.setting = setting;
    }

    /** Writes them. */
    public void run() {
        setting.pool().run(images.whole().batch() * images.blocks(), (item, _) -> block(item));
    }

    private void block(int item) {
        int block = item % images.blocks();
        int n = item / images.blocks();
        Border border = images.whole().border();
        int height = images.whole().height();
        long row = images.rowBytes();
        long before = (long) border.left() * images.pixelBytes();
        long after = (long) border.right() * images.pixelBytes();
        long first = images.address(n, block, 0) - before - images.buffer().address();
        zero(first - border.top() * row, border.top() * row);
        for (int y = 0; y < height; y++) {
            zero(first + y * row, before);
            zero(first + (y + 1) * row - after, after);
        }
        zero(first + height * row, border.bottom() * row);
    }

    private void zero(long from, long bytes) {
        if (bytes > 0) {
            MemorySegment place = images.buffer().data().asSlice(from, bytes);
            place.fill((byte) 0);
        }
    }
}
