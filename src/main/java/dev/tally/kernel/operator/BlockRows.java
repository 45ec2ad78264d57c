package dev.tally.kernel.operator;

import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Setting;

/** Rows of blocks of channels, one by one, shared out to a pool's workers some at once. */
final class BlockRows {
    private static final int ITEM_PIXELS = 256;

    private final Setting setting;
    private final int batch;
    private final int blocks;
    private final int height;
    private final int bands;

    /** What is done to a row. */
    @FunctionalInterface
    interface Row {
        void run(int n, int block, int row, int worker);
    }

    /** The rows of images; all that are gone through along with them have as many. */
    BlockRows(Blocks images, Setting setting) {
        this.setting = setting;
        this.batch = images.whole().batch();
        this.blocks = images.blocks();
        this.height = images.whole().height();
        this.bands = Math.clamp((long) height * images.whole().width() / ITEM_PIXELS, 1, height);
    }

    /** {@return whether none of some images has a border: each of their blocks is one long row} */
    static boolean lines(Blocks... images) {
        for (Blocks each : images) {
            if (!each.isLine()) {
                return false;
            }
        }
        return true;
    }

    void run(Row each) {
        setting.pool().run(batch * blocks * bands, (item, worker) -> {
            int band = item % bands;
            int block = item / bands % blocks;
            int n = item / bands / blocks;
            int end = Setting.begin(height, band + 1, bands);
            for (int row = Setting.begin(height, band, bands); row < end; row++) {
                each.run(n, block, row, worker);
            }
        });
    }
}
