package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What each tap reads is laid out beside each other, then filters are multiplied with that: vectors of pixels, for
 * which groups may have any number of channels (Chellapilla, Puri and Simard, 2006).
 */
public final class Im2colConvolution extends VectorAlgorithm {
    /** The algorithm. */
    public Im2colConvolution() {
        super(false);
    }

    @Override
    public String id() {
        return "im2col";
    }

    @Override
    public String description() {
        return "what each tap reads laid out, then a product of matrices: vectors of pixels, some rows of them at once";
    }

    @Override
    @Nullable
    String unsupportedSizes(Geometry geometry, int lanes) {
        if (geometry.outputPlane() < lanes) {
            return "expected planes of at least the " + lanes + " pixels of a vector, got " + geometry.outputPlane();
        }
        String tooLarge = Geometry.tooLarge("a matrix of what each tap reads", matrixFloats(geometry, lanes));
        return tooLarge != null ? tooLarge : geometry.tooFarApart();
    }

    /** Of a matrix with as few rows of pixels as it may have. */
    private static double matrixFloats(Geometry geometry, int lanes) {
        double pixels =
                Math.min((double) geometry.outputPlane(), 2.0 * (geometry.w().out() + 2.0 * lanes));
        return geometry.groupIc() * (double) geometry.taps() * pixels;
    }

    /** Of groups with few output channels, vectors of channels would be mostly empty. */
    @Override
    public @Nullable String declined(Geometry geometry, int lanes) {
        boolean narrow = geometry.groupOc() <= lanes / 2 && geometry.w().stride() == 1;
        return narrow ? null : "vectors of channels are full here, and need no copies of the input";
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        double matrix = Math.max(matrixFloats(geometry, lanes), Im2colPlan.MATRIX_BYTES / (double) Float.BYTES);
        double filters = 2.0 * geometry.weightElements();
        return (long) ((geometry.paddedElements() + filters + threads * matrix) * Float.BYTES);
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return new Im2colPlan(geometry, operands, rectifier, setting);
    }
}
