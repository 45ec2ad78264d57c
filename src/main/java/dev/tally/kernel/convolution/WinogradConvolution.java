package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import org.jspecify.annotations.Nullable;

/** Winograd's minimal filtering in two dimensions, tiles of up to m × m outputs of r × r taps. */
public final class WinogradConvolution implements ConvolutionAlgorithm {
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
        return null;
    }

    @Override
    public @Nullable String declined(Geometry geometry, int lanes) {
        return null;
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        return 0;
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        int rows = Integer.getInteger("band", 2);
        return new WinogradPlan(geometry, operands, rectifier, setting, m, rows);
    }
}
