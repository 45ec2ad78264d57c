package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import org.jspecify.annotations.Nullable;

/** Winograd's minimal filtering in two dimensions, tiles of up to m × m outputs of r × r taps. */
public final class WinogradConvolution implements ConvolutionAlgorithm {
    private static final int TILES_OF_BAND = 24;

    private final int m;
    private final int r;

    /** The algorithm with tiles of at most m × m outputs, for kernels of r × r. */
    public WinogradConvolution(int m, int r) {
        this.m = m;
        this.r = r;
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
    public @Nullable String unsupported(Geometry geometry, int lanes) {
        if (lanes == 0) {
            return NO_VECTORS;
        }
        if (geometry.transposed()) {
            return "expected a convolution, got a transposed one";
        }
        if (!geometry.d().equals(Axis.NONE) || !fits(geometry.h()) || !fits(geometry.w())) {
            return "expected a kernel of " + r + "×" + r + " with stride 1 and dilation 1, got " + geometry.window();
        }
        return geometry.g() > 1 ? "expected one group, got " + geometry.g() : null;
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
        int best = r == 5 ? 4 : smaller > 20 ? 6 : 4;
        return m == best ? null : "tiles of " + best + "×" + best + " take less time here";
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        TileCover rows = new TileCover(geometry.h().out(), m);
        TileCover columns = new TileCover(geometry.w().out(), m);
        double points = Math.pow(Math.max(rows.largest(), columns.largest()) + r - 1.0, 2);
        double ic = Geometry.filled(1, geometry.ic(), lanes);
        double oc = Geometry.filled(1, geometry.oc(), lanes);
        double input = geometry.mb() * ic * geometry.h().padded() * geometry.w().padded();
        double bands = threads * points * (ic + oc) * columns.tiles() * bandRows(geometry);
        return (long) ((points * ic * oc + input + bands) * Float.BYTES);
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return new WinogradPlan(geometry, operands, rectifier, setting, m, bandRows(geometry));
    }

    /**
     * Rows of tiles whose numbers stay in a cache, while each of the transformed filters is used for two dozens of
     * tiles.
     */
    private int bandRows(Geometry geometry) {
        return Math.ceilDiv(TILES_OF_BAND, new TileCover(geometry.w().out(), m).tiles());
    }
}
