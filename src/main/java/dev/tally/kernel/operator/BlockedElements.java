package dev.tally.kernel.operator;

import dev.tally.kernel.image.Bands;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Setting;

/** A function of each element that is the same for all channels, on images in blocks of channels. */
public final class BlockedElements implements Operator {
    private final Blocks input;
    private final Blocks output;
    private final Function function;
    private final Bands rows;
    private final float[][] scratch;
    private final int rowFloats;

    /** A function of images into others of the same sizes. */
    public BlockedElements(Blocks input, Blocks output, Function function, Setting setting) {
        boolean lines = Bands.lines(input, output);
        this.input = lines ? input.line() : input;
        this.output = lines ? output.line() : output;
        this.function = function;
        this.rows = new Bands(this.output, setting);
        this.rowFloats = this.output.whole().width() * setting.lanes();
        this.scratch = Floats.forEachWorker(setting.pool(), Math.min(rowFloats, Floats.CHUNK));
    }

    @Override
    public void run() {
        rows.run(this::row);
    }

    private void row(int n, int block, int row, int worker) {
        long from = (input.address(n, block, row) - input.buffer().address()) / Float.BYTES;
        long to = (output.address(n, block, row) - output.buffer().address()) / Float.BYTES;
        float[] numbers = scratch[worker];
        for (int chunk = 0; chunk < Floats.chunks(rowFloats); chunk++) {
            int count = Floats.sizeOf(chunk, rowFloats);
            long at = (long) chunk * Floats.CHUNK;
            Floats.read(input.buffer(), from + at, numbers, count);
            function.apply(numbers, count, 0);
            Floats.write(numbers, count, output.buffer(), to + at);
        }
    }
}
