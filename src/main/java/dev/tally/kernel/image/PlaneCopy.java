package dev.tally.kernel.image;

import dev.tally.kernel.memory.Scratch;

/** Images brought from blocks of channels into planes. */
public final class PlaneCopy {
    private final Blocks input;
    private final Setting setting;
    private final PlaneWriter writer;
    private final RowCopy row;
    private final Scratch.Piece dense;
    private final int height;
    private final int width;

    /** A copy of as many channels as the input has. */
    public PlaneCopy(Blocks input, Planes output, Setting setting) {
        this.input = input;
        this.setting = setting;
        this.height = input.whole().height();
        this.width = input.whole().width();
        this.writer = new PlaneWriter((long) height * width, input.channels(), output.buffer(), setting);
        this.row = new RowCopy(width * setting.lanes(), setting);
        this.dense = setting.scratch(input.isLine() ? 1 : (long) height * width * setting.lanes());
    }

    /** Brings them. */
    public void run() {
        setting.pool().run(input.whole().batch() * input.blocks(), this::block);
    }

    private void block(int item, int worker) {
        int block = item % input.blocks();
        int n = item / input.blocks();
        int channel = block * setting.lanes();
        long from = input.address(n, block, 0);
        if (!input.isLine()) {
            long address = dense.of(worker).address();
            row.run(from, input.rowBytes(), address, (long) width * input.pixelBytes(), height);
            from = address;
        }
        writer.write(
                input.isLine() ? input.buffer() : dense.of(worker),
                from,
                (long) n * input.channels() + channel,
                channel,
                0,
                height * width);
    }
}
