package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Winograd's minimal filtering in two dimensions, tiles of up to m × m outputs of r × r taps. */
public final class WinogradConvolution extends VectorAlgorithm {
    /** What of filters stays in the third cache, in bytes. */
    private static final double CACHED = 12 << 20;

    // What a core of Zen 5 does at its best, and reads from memory meanwhile.
    private static final double FLOPS_PER_NANO = 250;
    private static final double BYTES_PER_NANO = 30;

    private static final int MANY_REGISTERS = 32;
    private static final int FEW_BLOCKS = 2;
    private static final int MANY_BLOCKS = 4;

    private final int m;
    private final int r;
    private final int blocksAtOnce;

    /** The algorithm with tiles of at most m × m outputs, for kernels of r × r. */
    public WinogradConvolution(int m, int r) {
        this(m, r, FEW_BLOCKS);
    }

    private WinogradConvolution(int m, int r, int blocksAtOnce) {
        super(false);
        this.m = m;
        this.r = r;
        this.blocksAtOnce = blocksAtOnce;
    }

    /** Two blocks of output channels read filters the least often, four take the fewest loads for a product. */
    @Override
    public List<ConvolutionAlgorithm> variants() {
        return List.of(this, new WinogradConvolution(m, r, MANY_BLOCKS));
    }

    @Override
    public String id() {
        return "winograd-" + m + "x" + m + "-" + r + "x" + r;
    }

    @Override
    public String description() {
        return "Winograd's minimal filtering, tiles of up to " + m + "×" + m + " outputs of " + r + "×" + r + " taps";
    }

    @Override
    @Nullable
    String unsupportedSizes(Geometry geometry, int lanes) {
        if (!geometry.d().equals(Axis.NONE) || !fits(geometry.h()) || !fits(geometry.w())) {
            return "expected a kernel of " + r + "×" + r + " with stride 1 and dilation 1, got " + geometry.window();
        }
        if (geometry.g() > 1) {
            return "expected one group, got " + geometry.g();
        }
        double tiles = (double) new TileCover(geometry.w().out(), m).tiles() * bandRows(geometry, lanes);
        double channels = Geometry.filled(1, Math.max(geometry.ic(), geometry.oc()), lanes);
        String band = Geometry.tooLarge("rows of transformed tiles", channels * tiles);
        return band != null ? band : geometry.tooFarApart();
    }

    private boolean fits(Axis axis) {
        return axis.kernel() == r && axis.stride() == 1 && axis.dilation() == 1;
    }

    @Override
    public @Nullable String declined(Geometry geometry, int lanes) {
        if (geometry.ic() < lanes || geometry.oc() < lanes) {
            return "the transforms of few channels cost more than the products save";
        }
        int smaller = Math.min(geometry.h().out(), geometry.w().out());
        if (smaller < 4) {
            return "few outputs share a transform";
        }
        int best = best(geometry, lanes);
        if (nanos(best, geometry, lanes) > 2 * geometry.multiplies() / FLOPS_PER_NANO) {
            return "reading the transformed filters takes longer than the products that they save";
        }
        return m == best ? null : "tiles of up to " + best + "×" + best + " take less time here";
    }

    @Override
    public boolean promising(Geometry geometry, int lanes) {
        int smaller = Math.min(geometry.h().out(), geometry.w().out());
        boolean many = geometry.ic() >= lanes && geometry.oc() >= lanes;
        return many && smaller >= 4 && (m > 2 || smaller <= 14);
    }

    /** The largest tiles, unless their filters come from memory in each run and those of smaller ones do not. */
    private int best(Geometry geometry, int lanes) {
        int largest = r == 5 ? 4 : 6;
        return filterBytes(largest, geometry, lanes) <= CACHED ? largest : 4;
    }

    /** Roughly; filters that stay in a cache are read while they are multiplied. */
    private double nanos(int m, Geometry geometry, int lanes) {
        TileCover rows = new TileCover(geometry.h().out(), m);
        TileCover columns = new TileCover(geometry.w().out(), m);
        double products = (geometry.h().out() + rows.tiles() * (r - 1.0))
                * (geometry.w().out() + columns.tiles() * (r - 1.0))
                * geometry.ic()
                * geometry.oc();
        double bytes = filterBytes(m, geometry, lanes);
        return 2 * geometry.mb() * products / FLOPS_PER_NANO + (bytes > CACHED ? bytes / BYTES_PER_NANO : 0);
    }

    private double filterBytes(int m, Geometry geometry, int lanes) {
        return points(m, geometry)
                * Geometry.filled(1, geometry.ic(), lanes)
                * Geometry.filled(1, geometry.oc(), lanes)
                * Float.BYTES;
    }

    /** {@return the pairs of points that the largest of tiles of up to m × m outputs has} */
    private double points(int m, Geometry geometry) {
        int rows = new TileCover(geometry.h().out(), m).largest();
        int columns = new TileCover(geometry.w().out(), m).largest();
        return Math.pow(Math.max(rows, columns) + r - 1.0, 2);
    }

    @Override
    public boolean addsResidual() {
        return true;
    }

    @Override
    public boolean computesBlocks(Geometry geometry, int lanes) {
        return true;
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        double ic = Geometry.filled(1, geometry.ic(), lanes);
        double oc = Geometry.filled(1, geometry.oc(), lanes);
        double input = geometry.mb() * ic * geometry.h().padded() * geometry.w().padded();
        int columns = new TileCover(geometry.w().out(), m).tiles();
        double bands = threads * points(m, geometry) * (ic + oc) * columns * bandRows(geometry, lanes);
        return (long) (filterBytes(m, geometry, lanes) + (input + bands) * Float.BYTES);
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        int blocks = setting.registers() < MANY_REGISTERS ? FEW_BLOCKS : blocksAtOnce;
        return new WinogradPlan(geometry, operands, rectifier, setting, m, bandRows(geometry, setting.lanes()), blocks);
    }

    /**
     * Rows of tiles whose numbers stay in the second cache, while each transformed filter is used for two dozens of
     * tiles; for more where filters come from memory. As measured on Zen 5 with 1 MiB of second and 32 MiB of third
     * cache.
     */
    private int bandRows(Geometry geometry, int lanes) {
        int tiles = filterBytes(m, geometry, lanes) <= 10 << 20 ? 24 : 64;
        return Math.ceilDiv(tiles, new TileCover(geometry.w().out(), m).tiles());
    }
}
