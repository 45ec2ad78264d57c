package dev.tally.kernel.image;

/**
 * Rows of blocks of channels, one by one, shared out to a pool's workers by bands of rows. Bands lie below each other
 * and all blocks of one come first, so that of large images a worker gets rows of all channels, as it does from
 * convolutions over them; small images are one band, of which a worker gets some blocks.
 */
public final class Bands {
    private static final int ITEM_PIXELS = 256;

    private final Setting setting;
    private final int batch;
    private final int blocks;
    private final int height;
    private final int bands;

    /** What is done to a row. */
    @FunctionalInterface
    public interface Row {
        /**
         * Does it.
         *
         * @param n the sample
         * @param worker who does it
         */
        void run(int n, int block, int row, int worker);
    }

    /** The rows of images; all that are gone through along with them have as many. */
    public Bands(Blocks images, Setting setting) {
        this.setting = setting;
        this.batch = images.whole().batch();
        this.blocks = images.blocks();
        this.height = images.whole().height();
        this.bands = Math.clamp((long) height * images.whole().width() / ITEM_PIXELS, 1, height);
    }

    /** {@return whether none of some images has a border: each of their blocks is one long row} */
    public static boolean lines(Blocks... images) {
        for (Blocks each : images) {
            if (!each.isLine()) {
                return false;
            }
        }
        return true;
    }

    /** Goes through all rows. */
    public void run(Row each) {
        setting.pool().run(batch * bands * blocks, (item, worker) -> {
            int block = item % blocks;
            int band = item / blocks % bands;
            int n = item / blocks / bands;
            int end = Setting.begin(height, band + 1, bands);
            for (int row = Setting.begin(height, band, bands); row < end; row++) {
                each.run(n, block, row, worker);
            }
        });
    }
}
