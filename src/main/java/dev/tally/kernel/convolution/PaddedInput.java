package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Copy;
import dev.tally.kernel.memory.Buffer;

/**
 * The input with the zeros around it that taps read: the input itself where none are read, else a copy whose inside is
 * written anew in each run.
 */
final class PaddedInput {
    private final Geometry geometry;
    private final Buffer input;
    private final Setting setting;
    private final Buffer padded;
    private final boolean copied;
    private final int rowPiece;
    private final Copy.Kernel piece;
    private final Copy.Kernel rest;

    final int depth;
    final int height;
    final int width;

    PaddedInput(Geometry geometry, Buffer input, Setting setting) {
        this.geometry = geometry;
        this.input = input;
        this.setting = setting;
        this.depth = (int) geometry.d().padded();
        this.height = (int) geometry.h().padded();
        this.width = (int) geometry.w().padded();
        this.copied = copied(geometry);
        this.padded = copied ? setting.workspace().allocate(floats(geometry)) : input;
        int row = geometry.w().in();
        this.rowPiece = Math.min(row, Copy.most(setting.lanes()));
        this.piece = setting.copy(rowPiece);
        this.rest = setting.copy(row % rowPiece == 0 ? rowPiece : row % rowPiece);
    }

    static boolean copied(Geometry geometry) {
        return !(geometry.d().unpadded()
                && geometry.h().unpadded()
                && geometry.w().unpadded());
    }

    /** {@return how many floats it has, zeros among them} */
    static long floats(Geometry geometry) {
        return geometry.mb()
                * (long) geometry.ic()
                * geometry.d().padded()
                * geometry.h().padded()
                * geometry.w().padded();
    }

    /** {@return the address of an element of the padded input; the numbers may be of zeros around it} */
    long address(int n, int c, int d, int h, int w) {
        return padded.address() + offset(((long) n * geometry.ic() + c), d, h, w);
    }

    /** {@return bytes from the first element of the padded input to another} */
    long offset(long c, int d, int h, int w) {
        return (((c * depth + d) * height + h) * width + w) * Float.BYTES;
    }

    /** Brings the input into its place. */
    void fill() {
        if (!copied) {
            return;
        }
        int planes = geometry.mb() * geometry.ic() * geometry.d().in();
        setting.pool().run(planes, this::fillPlane);
    }

    private void fillPlane(int plane, int worker) {
        int c = plane / geometry.d().in();
        int d = plane % geometry.d().in();
        int rows = geometry.h().in();
        int row = geometry.w().in();
        long from = input.address() + (long) plane * rows * row * Float.BYTES;
        long to = padded.address()
                + offset(
                        c,
                        d + geometry.d().before(),
                        geometry.h().before(),
                        geometry.w().before());
        for (int at = 0; at < row; at += rowPiece) {
            Copy.Kernel kernel = row - at >= rowPiece ? piece : rest;
            kernel.run(
                    from + (long) at * Float.BYTES,
                    (long) row * Float.BYTES,
                    to + (long) at * Float.BYTES,
                    (long) width * Float.BYTES,
                    rows);
        }
    }
}
