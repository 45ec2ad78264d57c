package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.image.BlockedRows;
import dev.tally.kernel.image.PlaneWriter;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Scratch;

/**
 * A filter for each channel. An item of its work is some rows of the output of a block of channels: what they read is
 * brought into a scratch, a vector of channels for each pixel and zeros left and right; filters slide over that into
 * another scratch, which is brought into planes. Rows above and below the input are left out.
 */
final class DepthwisePlan implements ConvolutionPlan {
    /** What a scratch has at most, so that both stay in the second cache. */
    static final int SCRATCH_BYTES = 128 << 10;

    private static final int MOST_PIXELS = 14;

    /** Operations on vectors that one row of taps may take: more make a loop that is not compiled well. */
    private static final int MOST_OPERATIONS = 50;

    private final Geometry geometry;
    private final Setting setting;
    private final int lanes;
    private final int blocks;
    private final int width;
    private final int pixels;
    private final int bands;
    private final int filtersOfChannel;
    private final BlockedRows rows;
    private final DepthwiseFilters filters;
    private final Buffer[] taken;
    private final Scratch.Piece given;
    private final Buffer output;
    private final Stencil.Kernel stencil;
    private final PlaneWriter writer;

    DepthwisePlan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requirePlanesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.output = operands.outputPlanes();
        this.lanes = setting.lanes();
        this.blocks = Math.ceilDiv(geometry.ic(), lanes);
        Axis h = geometry.h();
        Axis w = geometry.w();
        this.width = (int) w.padded();
        this.filtersOfChannel = geometry.groupOc();
        int tiles = Math.ceilDiv(w.out(), mostPixels(w));
        this.pixels = Math.ceilDiv(w.out(), tiles);
        long rowBytes = (long) Math.max(width * h.stride(), w.out()) * setting.vectorBytes();
        int rowsOfBand = Math.clamp(SCRATCH_BYTES / rowBytes - h.extent(), 1, h.out());
        // At least a vector's pixels, so that they can be transposed.
        rowsOfBand = Math.min(h.out(), Math.max(rowsOfBand, Math.ceilDiv(lanes, w.out())));
        this.bands = h.out() / rowsOfBand;
        int mostRows = Math.ceilDiv(h.out(), bands);
        int rowsTaken = (int) Math.min(h.in(), (mostRows - 1L) * h.stride() + h.extent());
        this.rows =
                new BlockedRows(new Planes(operands.inputPlanes()), geometry.ic(), h.in(), w.in(), setting, rowsTaken);
        this.filters = new DepthwiseFilters(geometry, operands, setting);
        // Not shared with others: the zeros beside rows stay there.
        this.taken = new Buffer[setting.pool().threads()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = setting.workspace().allocate((long) rowsTaken * width * lanes);
        }
        this.given = setting.scratch((long) mostRows * w.out() * lanes);
        this.stencil = setting.stencil(pixels, w.kernel(), w.stride(), w.dilation(), rectifier);
        this.writer = new PlaneWriter(geometry.outputPlane() * filtersOfChannel, geometry.ic(), output, setting);
    }

    /** A pixel takes a product for each tap across, and as many reads as it is pixels from the one before. */
    static int mostPixels(Axis w) {
        return Math.clamp(MOST_OPERATIONS / ((long) w.kernel() + w.stride()), 1, MOST_PIXELS);
    }

    @Override
    public String id() {
        return "depthwise-" + pixels + "x1:" + lanes * Float.SIZE;
    }

    @Override
    public long flops() {
        return geometry.flops((double) geometry.h().pairsInside() * geometry.w().pairs());
    }

    @Override
    public void run() {
        setting.pool().run(geometry.mb() * blocks * bands, this::band);
    }

    private void band(int item, int worker) {
        Axis h = geometry.h();
        Axis w = geometry.w();
        int band = item % bands;
        int block = item / bands % blocks;
        int n = item / bands / blocks;
        int firstRow = Setting.begin(h.out(), band, bands);
        int endRow = Setting.begin(h.out(), band + 1, bands);
        int firstTaken = Math.clamp((long) firstRow * h.stride() - h.before(), 0, h.in());
        int endTaken = Math.clamp((endRow - 1L) * h.stride() - h.before() + h.extent(), firstTaken, h.in());
        long pitch = (long) width * setting.vectorBytes();
        Buffer from = taken[worker];
        rows.bring(
                n,
                block,
                firstTaken,
                endTaken - firstTaken,
                from,
                from.address() + (long) w.before() * setting.vectorBytes(),
                pitch,
                worker);
        Buffer to = given.of(worker);
        for (int filter = 0; filter < filtersOfChannel; filter++) {
            for (int row = firstRow; row < endRow; row++) {
                // Of the row that the first tap reads, which may be above what was brought.
                long in = from.address() + ((long) row * h.stride() - h.before() - firstTaken) * pitch;
                long out = to.address() + (long) (row - firstRow) * w.out() * setting.vectorBytes();
                slide(filter, block, row, in, out);
            }
            // Channels of one filter stand as many planes apart as a channel has filters.
            writer.write(
                    to,
                    to.address(),
                    (long) n * geometry.ic() + (long) block * lanes,
                    block * lanes,
                    (long) filter * geometry.outputPlane() + (long) firstRow * w.out(),
                    (endRow - firstRow) * w.out());
        }
    }

    private void slide(int filter, int block, int row, long in, long out) {
        Axis h = geometry.h();
        Axis w = geometry.w();
        int from = h.firstTap(row);
        int to = Math.max(from, h.endTap(row));
        long distance = (long) h.dilation() * width * setting.vectorBytes();
        for (int x = 0; x < w.out(); x += pixels) {
            // The last pixels overlap those before where the row ends in their middle.
            int pixel = Math.min(x, w.out() - pixels);
            stencil.run(
                    in + (long) pixel * w.stride() * setting.vectorBytes(),
                    distance,
                    from,
                    to,
                    filters.taps(filter, block),
                    filters.bias(filter, block),
                    out + (long) pixel * setting.vectorBytes());
        }
    }
}
