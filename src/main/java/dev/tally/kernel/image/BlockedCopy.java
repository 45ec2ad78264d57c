package dev.tally.kernel.image;

/** Images brought from planes into blocks of channels; what fills up the last block is zeros. */
public final class BlockedCopy {
    private static final int ROWS = 16;

    private final Blocks output;
    private final Setting setting;
    private final BlockedRows rows;
    private final int height;
    private final int bands;
    private final int items;

    /** A copy of as many channels as the output has. */
    public BlockedCopy(Planes input, Blocks output, Setting setting) {
        this.output = output;
        this.setting = setting;
        this.height = output.whole().height();
        this.rows =
                new BlockedRows(input, output.channels(), height, output.whole().width(), setting, height);
        this.bands = Math.max(1, height / ROWS);
        this.items = Math.multiplyExact(output.whole().batch(), output.blocks()) * bands;
    }

    /** Brings them. */
    public void run() {
        setting.pool().run(items, this::band);
    }

    private void band(int item, int worker) {
        int first = Setting.begin(height, item % bands, bands);
        int end = Setting.begin(height, item % bands + 1, bands);
        int block = item / bands % output.blocks();
        int n = item / bands / output.blocks();
        rows.bring(
                n,
                block,
                first,
                end - first,
                output.buffer(),
                output.address(n, block, first),
                output.rowBytes(),
                worker);
    }
}
