package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of one tap on each pixel, which is the product of the filters with the input's planes: a vector of
 * pixels for each output channel, read from the planes and written to planes as they are.
 */
public final class MatrixProductConvolution extends VectorAlgorithm {
    /** The algorithm. */
    public MatrixProductConvolution() {
        super(false);
    }

    @Override
    public String id() {
        return "matrix-product-1x1";
    }

    @Override
    public String description() {
        return "a product of matrices, for kernels of one tap with stride 1: vectors of pixels, no change of layout";
    }

    @Override
    @Nullable
    String unsupportedSizes(Geometry geometry, int lanes) {
        if (!geometry.pointwise()) {
            return "expected one tap with stride 1 and no padding on each axis, got " + geometry.window();
        }
        if (geometry.outputPlane() < lanes) {
            return "expected planes of at least the " + lanes + " pixels of a vector, got " + geometry.outputPlane();
        }
        return geometry.tooFarApart();
    }

    /**
     * The last vectors of small planes overlap much, where those of channels are full; but the direct way brings its
     * sums into planes, which counts where few channels are summed. As measured on Zen 5: that costs about as much as
     * 14 channels, beginning and ending a tile of pixels as much as 4.
     */
    @Override
    public @Nullable String declined(Geometry geometry, int lanes) {
        double plane = geometry.outputPlane();
        double channels = geometry.groupIc();
        double panel = plane >= 2 * lanes ? 2 * lanes : lanes;
        double product = plane / (Math.ceil(plane / panel) * panel) * channels / (channels + 4);
        double blocks = Math.ceil((double) geometry.groupOc() / lanes);
        double direct = geometry.groupOc() / (blocks * lanes) * channels / (channels + 14);
        return product >= direct ? null : "vectors of channels are fuller here than vectors of pixels";
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        // The last tile of output channels overlaps the one before, by less than half of it.
        return (geometry.weightElements() + geometry.oc()) * 2 * Float.BYTES;
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return new MatrixProductPlan(geometry, operands, rectifier, setting);
    }
}
