package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import org.jspecify.annotations.Nullable;

/**
 * The direct definition: each tile of the output is summed up in registers over all taps and input channels, a vector
 * of output channels for each pixel. Any geometry but transposed ones.
 */
public final class DirectConvolution extends VectorAlgorithm {
    /** The algorithm. */
    public DirectConvolution() {
        super(false);
    }

    @Override
    public String id() {
        return "direct";
    }

    @Override
    public String description() {
        return "the direct definition, tiles of pixels by output channels kept in registers";
    }

    @Override
    @Nullable
    String unsupportedSizes(Geometry geometry, int lanes) {
        return geometry.tooFarApart();
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        double filters =
                Geometry.filled(geometry.g(), geometry.groupOc(), lanes) * geometry.groupIc() * geometry.taps();
        double rows = (double) threads
                * 2
                * lanes
                * (DirectPlan.SCRATCH_PIXELS + geometry.w().out());
        return (long) ((geometry.paddedElements() + filters + rows) * Float.BYTES);
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return new DirectPlan(geometry.merged(), operands, rectifier, setting);
    }
}
