package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Transposed convolutions: for each remainder of an output position by the stride, a direct convolution of some taps.
 */
public final class TransposedConvolution extends VectorAlgorithm {
    /** Each has its weights and its kernel. */
    private static final int MOST_PHASES = 1024;

    /** The algorithm. */
    public TransposedConvolution() {
        super(true);
    }

    @Override
    public String id() {
        return "transposed-direct";
    }

    @Override
    public String description() {
        return "transposed convolutions as direct ones, one for each phase of the stride";
    }

    @Override
    @Nullable
    String unsupportedSizes(Geometry geometry, int lanes) {
        double phases = (double) geometry.d().stride()
                * geometry.h().stride()
                * geometry.w().stride();
        if (phases > MOST_PHASES) {
            return "expected strides whose product is at most " + MOST_PHASES + ", got " + (long) phases;
        }
        String input =
                Geometry.tooLarge("a group's input with the zeros around it", geometry.groupIc() * plane(geometry));
        return input != null ? input : Geometry.tooLarge("planes", (double) geometry.outputPlane());
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        double input = (double) geometry.mb() * geometry.ic() * plane(geometry);
        double filters =
                Geometry.filled(geometry.g(), geometry.groupOc(), lanes) * geometry.groupIc() * geometry.taps();
        double rows = (double) threads
                * lanes
                * (TransposedPlan.SCRATCH_PIXELS + geometry.w().out());
        return (long) ((input + filters + rows) * Float.BYTES);
    }

    /** {@return elements of an input channel with the zeros around it that are read} */
    private static double plane(Geometry geometry) {
        return (double) new TransposedAxis(geometry.d()).padded().padded()
                * new TransposedAxis(geometry.h()).padded().padded()
                * new TransposedAxis(geometry.w()).padded().padded();
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return new TransposedPlan(geometry, operands, rectifier, setting);
    }
}
