package dev.tally.kernel.operator;

import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.RowCopy;
import dev.tally.kernel.image.Setting;

/** Images in blocks of channels copied to some blocks of others. */
public final class BlockedPart implements Operator {
    private final Blocks input;
    private final Blocks output;
    private final RowCopy copy;
    private final Setting setting;

    /** A copy of images to a part of others, of the same sizes. */
    public BlockedPart(Blocks input, Blocks output, Setting setting) {
        this.input = input;
        this.output = output;
        this.setting = setting;
        this.copy = new RowCopy(output.whole().width() * setting.lanes(), setting);
    }

    @Override
    public void run() {
        setting.pool().run(output.whole().batch() * output.blocks(), (item, _) -> {
            int block = item % output.blocks();
            int n = item / output.blocks();
            copy.run(
                    input.address(n, block, 0),
                    input.rowBytes(),
                    output.address(n, block, 0),
                    output.rowBytes(),
                    output.whole().height());
        });
    }
}
