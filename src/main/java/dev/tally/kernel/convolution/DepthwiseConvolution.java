package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Setting;
import org.jspecify.annotations.Nullable;

/** Filters that see one input channel each, slid over its plane: vectors of channels. */
public final class DepthwiseConvolution extends VectorAlgorithm {
    /** The algorithm. */
    public DepthwiseConvolution() {
        super(false);
    }

    @Override
    public String id() {
        return "depthwise";
    }

    @Override
    public String description() {
        return "a filter for each channel slid over its plane, for as many groups as channels: vectors of channels";
    }

    @Override
    @Nullable
    String unsupportedSizes(Geometry geometry, int lanes) {
        if (geometry.groupIc() > 1) {
            return "expected as many groups as the " + geometry.ic() + " input channels, got " + geometry.g();
        }
        if (!geometry.d().equals(Axis.NONE)) {
            return "expected one or two spatial axes, got " + geometry.window();
        }
        return geometry.tooFarApart();
    }

    /** A channel's only filter stands where the channel does. */
    @Override
    public boolean computesBlocks(Geometry geometry, int lanes) {
        return geometry.groupOc() == 1;
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        double filters = Geometry.filled(geometry.groupOc(), geometry.ic(), lanes) * (geometry.taps() + 1);
        double row = (double) geometry.w().padded()
                * lanes
                * (geometry.h().stride() + geometry.h().extent());
        double scratch = 2 * Math.max(row, DepthwisePlan.SCRATCH_BYTES / (double) Float.BYTES);
        return (long) ((filters + threads * scratch) * Float.BYTES);
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return operands.input() instanceof Blocks input && operands.output() instanceof Blocks output
                ? new BlockedDepthwisePlan(geometry, input, output, operands, rectifier, setting)
                : new DepthwisePlan(geometry, operands, rectifier, setting);
    }
}
