package dev.tally.kernel.operator;

import dev.tally.kernel.emit.Matrix;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Transform;
import dev.tally.kernel.image.Bands;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;

/** The sum of two images in blocks of channels, rectified. */
public final class BlockedSum implements Operator {
    private final Blocks one;
    private final Blocks other;
    private final Blocks output;
    private final int vectorBytes;
    private final Buffer zeros;
    private final Transform.Kernel kernel;
    private final Bands rows;

    /** A sum of images of the same sizes. */
    public BlockedSum(Blocks one, Blocks other, Blocks output, Rectifier rectifier, Setting setting) {
        this.one = one;
        this.other = other;
        this.output = output;
        this.vectorBytes = setting.vectorBytes();
        this.zeros = setting.workspace().allocate(setting.lanes());
        this.kernel = setting.transformAndStore(Matrix.of(new double[][] {{1}}), true, rectifier);
        this.rows = new Bands(output, setting);
    }

    @Override
    public void run() {
        rows.run(this::row);
    }

    private void row(int n, int block, int row, int worker) {
        kernel.run(
                one.address(n, block, row),
                0,
                vectorBytes,
                0,
                output.address(n, block, row),
                0,
                vectorBytes,
                0,
                output.whole().width(),
                1,
                zeros.address(),
                other.address(n, block, row),
                0);
    }
}
