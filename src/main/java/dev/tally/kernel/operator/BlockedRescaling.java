package dev.tally.kernel.operator;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.image.Bands;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Rescaler;
import dev.tally.kernel.image.Rescaling;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;

/** Each channel's scale and shift, and a rectifier, on images in blocks of channels. */
public final class BlockedRescaling implements Operator {
    private static final int MOST_PIXELS = 8;

    private final Blocks input;
    private final Blocks output;
    private final int pixels;
    private final OfPixels rescaling;
    private final Bands rows;

    /** Rescales some pixels of a block. */
    @FunctionalInterface
    private interface OfPixels {
        void run(int n, int block, long from, long to);
    }

    /** What rescales so many pixels. */
    @FunctionalInterface
    private interface Way {
        OfPixels of(int pixels);
    }

    private BlockedRescaling(Blocks input, Blocks output, Way way, Setting setting) {
        boolean lines = Bands.lines(input, output);
        this.input = lines ? input.line() : input;
        this.output = lines ? output.line() : output;
        this.pixels = Math.min(this.output.whole().width(), MOST_PIXELS);
        this.rescaling = way.of(pixels);
        this.rows = new Bands(this.output, setting);
    }

    /** {@return a rescaling by numbers that are known, of images into others of the same sizes} */
    public static BlockedRescaling of(Blocks input, Blocks output, Rescaling rescaling, Setting setting) {
        Rescaler rescaler = new Rescaler(rescaling, output.channels(), setting);
        Way way = pixels -> {
            Stencil.Kernel kernel = rescaler.kernel(pixels);
            return (_, block, from, to) -> rescaler.run(kernel, block, from, to);
        };
        return new BlockedRescaling(input, output, way, setting);
    }

    /**
     * {@return each channel times a number that is computed too: what squeeze-and-excitation does}
     *
     * @param factors of as many channels, a single pixel
     */
    public static BlockedRescaling by(Blocks factors, Blocks input, Blocks output, Setting setting) {
        Buffer zeros = setting.workspace().allocate(setting.lanes());
        Way way = pixels -> {
            Stencil.Kernel kernel = setting.stencil(pixels, 1, 1, 1, Rectifier.NONE);
            return (n, block, from, to) -> kernel.run(from, 0, 0, 1, factors.address(n, block, 0), zeros.address(), to);
        };
        return new BlockedRescaling(input, output, way, setting);
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
            rescaling.run(n, block, from + at, to + at);
        }
    }
}
