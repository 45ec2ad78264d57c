package dev.tally.kernel.operator;

import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Rescaler;
import dev.tally.kernel.image.Rescaling;
import dev.tally.kernel.image.Setting;

/** Each channel's scale and shift, and a rectifier, on images in blocks of channels. */
public final class BlockedRescaling implements Operator {
    private static final int MOST_PIXELS = 8;

    private final Blocks input;
    private final Blocks output;
    private final Rescaler rescaler;
    private final int pixels;
    private final Stencil.Kernel kernel;
    private final BlockRows rows;

    /** A rescaling of images into others of the same sizes. */
    public BlockedRescaling(Blocks input, Blocks output, Rescaling rescaling, Setting setting) {
        boolean lines = BlockRows.lines(input, output);
        this.input = lines ? input.line() : input;
        this.output = lines ? output.line() : output;
        this.rescaler = new Rescaler(rescaling, output.channels(), setting);
        int width = this.output.whole().width();
        this.pixels = Math.min(width, MOST_PIXELS);
        this.kernel = rescaler.kernel(pixels);
        this.rows = new BlockRows(this.output, setting);
    }

    @Override
    public void run() {
        rows.run(this::row);
    }

    private void row(int n, int block, int row, int worker) {
        long from = input.address(n, block, row);
        long to = output.address(n, block, row);
        int width = output.whole().width();
        for (int x = 0; x < width; x += pixels) {
            long at = (long) Math.min(x, width - pixels) * output.pixelBytes();
            rescaler.run(kernel, block, from + at, to + at);
        }
    }
}
