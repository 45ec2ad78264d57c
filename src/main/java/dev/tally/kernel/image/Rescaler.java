package dev.tally.kernel.image;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.memory.Buffer;

/** Rescales pixels of blocks of channels: a stencil of a single tap, the scale, that sums begin with the shift for. */
public final class Rescaler {
    private final Setting setting;
    private final int blocks;
    private final Buffer scales;
    private final Buffer shifts;
    private final Rectifier rectifier;

    /**
     * One that rescales.
     *
     * @param channels of a sample, as many as there are scales at most
     */
    public Rescaler(Rescaling rescaling, int channels, Setting setting) {
        this.setting = setting;
        this.rectifier = rescaling.rectifier();
        this.blocks = Math.ceilDiv(channels, setting.lanes());
        this.scales = setting.workspace().allocate((long) blocks * setting.lanes());
        this.shifts = setting.workspace().allocate((long) blocks * setting.lanes());
        for (int c = 0; c < channels; c++) {
            scales.set(c, rescaling.scale(c));
            shifts.set(c, rescaling.shift(c));
        }
    }

    /** {@return how many blocks a sample has} */
    public int blocks() {
        return blocks;
    }

    /** {@return what rescales so many pixels beside each other} */
    public Stencil.Kernel kernel(int pixels) {
        return setting.stencil(pixels, 1, 1, 1, rectifier);
    }

    /** Rescales pixels of a block. */
    public void run(Stencil.Kernel kernel, int block, long from, long to) {
        long at = (long) block * setting.vectorBytes();
        kernel.run(from, 0, 0, 1, scales.address() + at, shifts.address() + at, to);
    }
}
