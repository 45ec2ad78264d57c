package dev.tally.kernel.convolution;

import org.jspecify.annotations.Nullable;

/** A way to compute convolutions, or transposed ones, with vectors. */
abstract class VectorAlgorithm implements ConvolutionAlgorithm {
    private final boolean transposed;

    /**
     * An algorithm.
     *
     * @param transposed whether it is for transposed convolutions
     */
    VectorAlgorithm(boolean transposed) {
        this.transposed = transposed;
    }

    @Override
    public final @Nullable String unsupported(Geometry geometry, int lanes) {
        if (lanes == 0) {
            return "expected a process that computes with vectors, this one has plain loops alone";
        }
        if (geometry.transposed() != transposed) {
            return transposed
                    ? "expected a transposed convolution, got one that is not"
                    : "expected a convolution, got a transposed one";
        }
        return unsupportedSizes(geometry, lanes);
    }

    /** {@return why it cannot compute a convolution of these sizes; null if it can} */
    abstract @Nullable String unsupportedSizes(Geometry geometry, int lanes);
}
