package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;
import org.jspecify.annotations.Nullable;

/** Loops over arrays, without vectors of ours and without tables: any geometry, anywhere. */
public final class PlainConvolution implements ConvolutionAlgorithm {
    @Override
    public String id() {
        return "plain";
    }

    @Override
    public String description() {
        return "plain loops, which the compiler makes vectors of as far as it can: any convolution, transposed ones too";
    }

    @Override
    public @Nullable String unsupported(Geometry geometry, int lanes) {
        return null;
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        long rows = (long) threads * PlainPlan.floatsOfWorker(geometry);
        return (geometry.weightElements() + geometry.oc() + rows) * Float.BYTES;
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return new PlainPlan(geometry.merged(), operands, rectifier, setting);
    }
}
