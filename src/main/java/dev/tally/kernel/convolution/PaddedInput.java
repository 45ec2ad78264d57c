package dev.tally.kernel.convolution;

import dev.tally.kernel.image.RowCopy;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;

/**
 * The input with the zeros around it that taps read: the input itself where none are read, else a copy whose inside is
 * written anew in each run.
 */
final class PaddedInput implements TileInput {
    /** So that no thread waits long for another where there are few planes. */
    private static final int ITEMS_OF_THREAD = 8;

    private final Geometry geometry;
    private final Buffer input;
    private final Setting setting;
    private final Buffer padded;
    private final boolean copied;
    private final RowCopy rows;

    private final int depth;
    private final int height;

    /** Of a row, with the zeros beside it. */
    final int width;

    PaddedInput(Geometry geometry, Buffer input, Setting setting) {
        this.geometry = geometry;
        this.input = input;
        this.setting = setting;
        this.depth = (int) geometry.d().padded();
        this.height = (int) geometry.h().padded();
        this.width = (int) geometry.w().padded();
        this.copied = !geometry.unpadded();
        this.padded = copied ? setting.workspace().allocate((long) geometry.paddedElements()) : input;
        this.rows = new RowCopy(geometry.w().in(), setting);
    }

    @Override
    public long address(int n, int c, int d, int h) {
        return address(n, c, d, h, 0);
    }

    /** {@return the address of an element of the padded input; the numbers may be of zeros around it} */
    long address(int n, int c, int d, int h, int w) {
        return padded.address() + bytes(((long) n * geometry.ic() + c), d, h, w);
    }

    /** {@return bytes from the first element of the padded input to another} */
    private long bytes(long c, int d, int h, int w) {
        return (((c * depth + d) * height + h) * width + w) * Float.BYTES;
    }

    /** {@return an element of the padded input} */
    float get(int n, int c, int d, int h, int w) {
        return padded.get(bytes((long) n * geometry.ic() + c, d, h, w) / Float.BYTES);
    }

    @Override
    public long offset(int c, int d, int h, int w) {
        return bytes(c, d, h, w);
    }

    @Override
    public int pitch() {
        return Float.BYTES;
    }

    @Override
    public void fill() {
        if (!copied) {
            return;
        }
        int planes = geometry.mb() * geometry.ic() * geometry.d().in();
        int pieces = Math.clamp(
                Math.ceilDiv(ITEMS_OF_THREAD * setting.pool().threads(), planes),
                1,
                geometry.h().in());
        setting.pool().run(planes * pieces, (item, _) -> fillRows(item / pieces, item % pieces, pieces));
    }

    private void fillRows(int plane, int piece, int pieces) {
        int c = plane / geometry.d().in();
        int d = plane % geometry.d().in();
        int height = geometry.h().in();
        int first = Setting.begin(height, piece, pieces);
        int end = Setting.begin(height, piece + 1, pieces);
        long row = (long) geometry.w().in() * Float.BYTES;
        long from = input.address() + ((long) plane * height + first) * row;
        long to = padded.address()
                + bytes(
                        c,
                        d + geometry.d().before(),
                        first + geometry.h().before(),
                        geometry.w().before());
        rows.run(from, row, to, (long) width * Float.BYTES, end - first);
    }
}
