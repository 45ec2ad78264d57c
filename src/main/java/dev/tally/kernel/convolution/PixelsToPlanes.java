package dev.tally.kernel.convolution;

import dev.tally.kernel.image.PlaneWriter;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Scratch;

/** Rows of the output, computed as pixels of a block of channels and brought into planes from there. */
final class PixelsToPlanes {
    private final Geometry geometry;
    private final int lanes;
    private final Scratch.Piece pixels;
    private final PlaneWriter writer;

    PixelsToPlanes(Geometry geometry, Planes output, int mostRows, Setting setting) {
        this.geometry = geometry;
        this.lanes = setting.lanes();
        this.pixels = setting.scratch((long) mostRows * geometry.w().out() * lanes);
        this.writer = new PlaneWriter(geometry.outputPlane(), geometry.oc(), output.buffer(), setting);
    }

    /** {@return where the pixels of a worker's rows go, row by row} */
    long pixels(int worker) {
        return pixels.of(worker).address();
    }

    /** Brings them into planes. */
    void write(int n, int block, int firstRow, int rows, int worker) {
        int channel = block * lanes;
        int width = geometry.w().out();
        writer.write(
                pixels.of(worker),
                pixels(worker),
                (long) n * geometry.oc() + channel,
                channel,
                (long) firstRow * width,
                rows * width);
    }
}
