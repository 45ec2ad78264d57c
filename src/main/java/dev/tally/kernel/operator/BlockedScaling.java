package dev.tally.kernel.operator;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;

/** Images in blocks of channels, each channel times a number that is computed too: what squeeze-and-excitation does. */
public final class BlockedScaling implements Operator {
    private static final int MOST_PIXELS = 8;

    private final Blocks input;
    private final Blocks factors;
    private final Blocks output;
    private final Buffer zeros;
    private final int pixels;
    private final Stencil.Kernel kernel;
    private final BlockRows rows;

    /**
     * A scaling of images into others of the same sizes.
     *
     * @param factors of as many channels, a single pixel
     */
    public BlockedScaling(Blocks input, Blocks factors, Blocks output, Setting setting) {
        boolean lines = BlockRows.lines(input, output);
        this.input = lines ? input.line() : input;
        this.factors = factors;
        this.output = lines ? output.line() : output;
        this.zeros = setting.workspace().allocate(setting.lanes());
        this.pixels = Math.min(this.output.whole().width(), MOST_PIXELS);
        this.kernel = setting.stencil(pixels, 1, 1, 1, Rectifier.NONE);
        this.rows = new BlockRows(this.output, setting);
    }

    @Override
    public void run() {
        rows.run(this::row);
    }

    private void row(int n, int block, int row, int worker) {
        long from = input.address(n, block, row);
        long to = output.address(n, block, row);
        long factor = factors.address(n, block, 0);
        int width = output.whole().width();
        for (int x = 0; x < width; x += pixels) {
            long at = (long) Math.min(x, width - pixels) * output.pixelBytes();
            kernel.run(from + at, 0, 0, 1, factor, zeros.address(), to + at);
        }
    }
}
