package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.image.Bands;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Setting;

/** A filter for each channel, slid over blocks of channels where they lie. An item of its work is some rows of one. */
final class BlockedDepthwisePlan implements ConvolutionPlan {
    private final Geometry geometry;
    private final Setting setting;
    private final Blocks input;
    private final Blocks output;
    private final int lanes;
    private final Bands bands;
    private final RowTiles tiles;
    private final int tilePixels;
    private final DepthwiseFilters filters;
    private final Stencil.Kernel larger;
    private final Stencil.Kernel smaller;

    BlockedDepthwisePlan(
            Geometry geometry, Blocks input, Blocks output, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requireSizesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.input = input;
        this.output = output;
        this.lanes = setting.lanes();
        Axis w = geometry.w();
        int most = DepthwisePlan.mostPixels(w);
        this.tilePixels = Math.ceilDiv(w.out(), Math.ceilDiv(w.out(), most));
        this.tiles = new RowTiles(w.out(), tilePixels);
        this.bands = new Bands(output, setting);
        this.filters = new DepthwiseFilters(geometry, operands, setting);
        this.larger = stencil(tilePixels, rectifier);
        this.smaller = tiles.hasSmaller() ? stencil(tilePixels - 1, rectifier) : larger;
    }

    private Stencil.Kernel stencil(int pixels, Rectifier rectifier) {
        Axis w = geometry.w();
        return setting.stencil(pixels, w.kernel(), w.stride(), w.dilation(), rectifier);
    }

    @Override
    public String id() {
        return "depthwise-" + tilePixels + "x1:" + lanes * Float.SIZE;
    }

    @Override
    public long flops() {
        return geometry.flops((double) geometry.h().pairsInside() * geometry.w().pairs());
    }

    @Override
    public void run() {
        bands.run(this::row);
    }

    private void row(int n, int block, int row, int worker) {
        Axis h = geometry.h();
        Axis w = geometry.w();
        // Of the row that the first tap reads, which may be above the image, where none is read.
        long in = input.address(n, block, row * h.stride() - h.before()) - (long) w.before() * setting.vectorBytes();
        long out = output.address(n, block, row);
        long filter = filters.taps(0, block);
        int from = h.firstTap(row);
        int to = Math.max(from, h.endTap(row));
        for (int tile = 0; tile < tiles.tiles(); tile++) {
            long pixel = tiles.begin(tile);
            (tiles.size(tile) == tilePixels ? larger : smaller)
                    .run(
                            in + pixel * w.stride() * setting.vectorBytes(),
                            h.dilation() * input.rowBytes(),
                            from,
                            to,
                            filter,
                            filters.bias(0, block),
                            out + pixel * setting.vectorBytes());
        }
    }
}
