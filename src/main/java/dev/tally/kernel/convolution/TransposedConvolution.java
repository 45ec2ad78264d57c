package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import org.jspecify.annotations.Nullable;

/**
 * Transposed convolutions: for each remainder of an output position by the stride, a direct convolution of some taps.
 */
public final class TransposedConvolution implements ConvolutionAlgorithm {
    @Override
    public String id() {
        return "transposed-direct";
    }

    @Override
    public String description() {
        return "transposed convolutions as direct ones, one for each phase of the stride";
    }

    @Override
    public @Nullable String unsupported(Geometry geometry, int lanes) {
        if (lanes == 0) {
            return NO_VECTORS;
        }
        return geometry.transposed() ? null : "expected a transposed convolution, got one that is not";
    }

    @Override
    public @Nullable String declined(Geometry geometry, int lanes) {
        return null;
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        TransposedAxis d = new TransposedAxis(geometry.d());
        TransposedAxis h = new TransposedAxis(geometry.h());
        TransposedAxis w = new TransposedAxis(geometry.w());
        double input = (double) geometry.mb()
                * geometry.ic()
                * d.padded().padded()
                * h.padded().padded()
                * w.padded().padded();
        double filters =
                Geometry.filled(geometry.g(), geometry.groupOc(), lanes) * geometry.groupIc() * geometry.taps();
        double rows = (double) threads
                * lanes
                * (TransposedPlan.SCRATCH_PIXELS + geometry.w().out());
        return (long) ((input + filters + rows) * Float.BYTES);
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return new TransposedPlan(geometry, operands, rectifier, setting);
    }
}
